package io.teleport.router;

import io.netty.util.concurrent.EventExecutor;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.transport.LoopTasks;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Threads for handlers or completions, as many as are needed, up to a maximum; idle ones end. What is beyond the queue's limit is refused.
 *
 * <p>A task that comes from anywhere but an event loop gets a thread at once, as long as there may be more. What comes from an event loop in one turn is
 * handed over as a burst ({@link LoopBursts}): few threads are woken, which take one task after another, since waking a thread costs more than most tasks. If
 * these prove slow, others join them within a millisecond or two.
 */
public final class HandlerPool implements LoopTasks {

    private final Workers workers;

    private final int maxThreads;

    private final int queueLimit;

    private final Map<EventExecutor, LoopBursts> bursts = new ConcurrentHashMap<>();

    /**
     * @param name part of the thread names
     * @param maxThreads threads at the most, 1 or more
     * @param queueLimit tasks that may wait for a thread
     */
    public HandlerPool(String name, int maxThreads, int queueLimit) {
        this.workers = new Workers("teleport-" + name + "-", maxThreads);
        this.maxThreads = maxThreads;
        this.queueLimit = queueLimit;
    }

    /** @throws RejectedExecutionException if too many tasks wait already, or the pool has ended */
    @Override
    public void execute(Runnable task) {
        add(task);
        try {
            workers.wakeForEach();
        } catch (Error e) {
            // The system's: it has no memory for a thread, or allows no more. Without any thread nobody would take the
            // task.
            if (workers.takeBack(task)) {
                throw e;
            }
        }
    }

    @Override
    public void executeFrom(EventExecutor loop, Runnable task) {
        if (loop.inEventLoop()) {
            add(task);
            bursts.computeIfAbsent(loop, newLoop -> new LoopBursts(newLoop, workers))
                    .added();
        } else {
            execute(task);
        }
    }

    private void add(Runnable task) {
        if (!workers.reserve(maxThreads + (long) queueLimit)) {
            throw new RejectedExecutionException("too many handlers wait for a thread, limit " + queueLimit);
        }
        if (!workers.add(task)) {
            throw new RejectedExecutionException("the peer is closed");
        }
    }

    /**
     * Lets tasks that were accepted finish, then ends. When the limit has passed, running tasks are interrupted; handlers that still wait for a thread
     * end with 102, other tasks go to a common thread.
     *
     * @return whether all finished within the limit
     */
    public boolean close(long timeout, TimeUnit unit) throws InterruptedException {
        boolean finished = workers.close(unit.toNanos(timeout));
        bursts.clear();
        if (finished) {
            return true;
        }
        for (Runnable left : workers.stop()) {
            if (left instanceof Invocation invocation) {
                invocation.finish(Status.builtIn(StatusCode.CONNECTION_CLOSED));
            } else {
                ForkJoinPool.commonPool().execute(left);
            }
        }
        return false;
    }
}
