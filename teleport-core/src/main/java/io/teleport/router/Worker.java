package io.teleport.router;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread of a pool. */
final class Worker extends Thread {

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Some tens of microseconds if nobody else wants the processor. */
    private static final int YIELDS = 50;

    private final Workers workers;

    private volatile boolean woken;

    Worker(Workers workers, String name) {
        super(name);
        this.workers = workers;
        setDaemon(true);
    }

    @Override
    public void run() {
        do {
            for (Runnable task = workers.poll(); task != null; task = next()) {
                run(task);
            }
        } while (workers.rest(this, IDLE_NANOS));
    }

    /** The next task, even if it comes a moment from now: to lie down and be woken costs both sides more than to let others run for so long. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // a yield is a hint here: without an effect the thread just lies down earlier
    private @Nullable Runnable next() {
        Runnable task = workers.poll();
        for (int i = 0; task == null && i < YIELDS; i++) {
            Thread.yield();
            task = workers.poll();
        }
        return task;
    }

    private void run(Runnable task) {
        if (!workers.isStopped()) {
            // Of the task before: nobody has meant this one.
            Thread.interrupted();
        }
        try {
            task.run();
        } catch (Throwable e) {
            // As if it had ended the thread, which goes on.
            getUncaughtExceptionHandler().uncaughtException(this, e);
        } finally {
            workers.ended();
        }
    }

    void wake() {
        woken = true;
        LockSupport.unpark(this);
    }

    /** False if the time has passed first. */
    boolean awaitWake(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (!woken) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
            // An interrupt that came late would keep the thread from waiting.
            Thread.interrupted();
        }
        woken = false;
        return true;
    }
}
