package io.teleport.router;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Threads that take tasks off one queue in order of arrival, and how many of them are to be awake. Thread-safe; the lock is held for a few instructions, never
 * while something is waited for.
 */
final class Workers {

    /** Tasks of a burst that one thread is woken for: so many quick ones take about as long as waking another. */
    private static final int TASKS_FOR_ONE = 16;

    /** Tasks that a thread takes between two looks if they are quick. */
    private static final int QUICK = 8;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final String prefix;

    private final int max;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Tasks that wait or run, and those about to be added. */
    private final AtomicLong unfinished = new AtomicLong();

    private final AtomicLong taken = new AtomicLong();

    private final Object lock = new Object();

    /** Those that wait for work; who came last is woken first. Guarded by the lock, as all below. */
    private final Deque<Worker> idle = new ArrayDeque<>();

    private final Set<Worker> all = new HashSet<>();

    private int started;

    /** All but the idle ones. Changed under the lock. */
    private final AtomicInteger awake = new AtomicInteger();

    /** How many threads tasks have been found to need though they came in a burst. */
    private volatile int needed = 1;

    private volatile boolean closed;

    private volatile boolean stopped;

    Workers(String prefix, int max) {
        this.prefix = prefix;
        this.max = max;
    }

    /** Makes room for a task that is about to be added; false if there are too many. */
    boolean reserve(long limit) {
        if (unfinished.incrementAndGet() > limit) {
            unfinished.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Adds a task that there is room for; false if the pool has ended. */
    boolean add(Runnable task) {
        if (!closed) {
            tasks.add(task);
            // Whoever closes looks for tasks behind it: one of the two finds this.
            if (!closed || !tasks.remove(task)) {
                return true;
            }
        }
        ended();
        return false;
    }

    /** Takes a task back if there is no thread that would take it. */
    boolean takeBack(Runnable task) {
        synchronized (lock) {
            if (!all.isEmpty() || !tasks.remove(task)) {
                return false;
            }
        }
        ended();
        return true;
    }

    /** The next task; null if none waits. */
    @Nullable
    Runnable poll() {
        Runnable task = tasks.poll();
        if (task != null) {
            taken.incrementAndGet();
        }
        return task;
    }

    /** A task has ended, or will not be run. */
    void ended() {
        if (unfinished.decrementAndGet() == 0 && closed) {
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }

    /** How many tasks there are beyond the threads that look after them; not positive if each has one. */
    long waiting() {
        return unfinished.get() - awake.get();
    }

    /** How many tasks a thread has taken up, ever. */
    long taken() {
        return taken.get();
    }

    /**
     * Learns from how it went since an earlier moment, a millisecond ago or more.
     *
     * @param waitingThen {@link #waiting()} of that moment
     * @param takenThen {@link #taken()} of that moment
     */
    void adapt(long waitingThen, long takenThen) {
        long takenSince = taken() - takenThen;
        int threads = awake.get();
        if (takenSince <= threads) {
            // They take long: each thread took one, or none, in a time in which it could take hundreds that do not wait
            // for something.
            needed = Math.min(max, Math.max(needed, threads) * 2);
        } else if (takenSince < waitingThen) {
            needed = Math.min(max, Math.max(needed, PROCESSORS));
        } else if (takenSince > (long) threads * QUICK) {
            needed = Math.max(1, needed / 2);
        }
    }

    /** Each task gets a thread, as far as there may be so many. */
    void wakeForEach() {
        wake(unfinished.get());
    }

    /** Tasks get as many threads as they have been found to need, or one for many. */
    void wakeForBurst() {
        long there = unfinished.get();
        long forQuickOnes = Math.min(PROCESSORS, (there + TASKS_FOR_ONE - 1) / TASKS_FOR_ONE);
        wake(Math.max(forQuickOnes, Math.min(needed, there)));
    }

    private void wake(long wanted) {
        if (awake.get() < wanted && awake.get() < max) {
            synchronized (lock) {
                while (awake.get() < wanted && awake.get() < max) {
                    wakeOne();
                }
            }
        }
    }

    private void wakeOne() {
        Worker next = idle.pollFirst();
        if (next != null) {
            awake.incrementAndGet();
            next.wake();
        } else {
            Worker born = new Worker(this, prefix + (started + 1));
            born.start();
            started++;
            all.add(born);
            awake.incrementAndGet();
        }
    }

    /**
     * A thread has found no task: it waits until it is woken.
     *
     * @return false if it is to end
     */
    boolean rest(Worker worker, long nanos) {
        synchronized (lock) {
            awake.decrementAndGet();
            if (closed && tasks.isEmpty()) {
                leave(worker);
                return false;
            }
            idle.addFirst(worker);
        }
        if (!tasks.isEmpty()) {
            // It came while this thread was still counted on. Perhaps this very thread is woken.
            wake(1 + (long) awake.get());
        }
        return worker.awaitWake(nanos) || !leaveIfIdle(worker);
    }

    /** False if it was woken after all. */
    private boolean leaveIfIdle(Worker worker) {
        synchronized (lock) {
            if (!idle.remove(worker)) {
                return false;
            }
            leave(worker);
            return true;
        }
    }

    private void leave(Worker worker) {
        all.remove(worker);
        lock.notifyAll();
    }

    boolean isStopped() {
        return stopped;
    }

    /**
     * Takes no more tasks, and waits until those there are have ended.
     *
     * @return false if the limit has passed first
     */
    boolean close(long nanos) throws InterruptedException {
        closed = true;
        wakeForEach();
        long deadline = System.nanoTime() + nanos;
        synchronized (lock) {
            while (!idle.isEmpty()) {
                // It finds nothing to do and ends.
                wakeOne();
            }
            while (unfinished.get() > 0 || !all.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        }
        return true;
    }

    /** Interrupts what runs; gives back the tasks that no thread has taken. */
    List<Runnable> stop() {
        stopped = true;
        List<Runnable> left = new ArrayList<>();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            left.add(task);
            ended();
        }
        synchronized (lock) {
            all.forEach(Thread::interrupt);
        }
        return left;
    }
}
