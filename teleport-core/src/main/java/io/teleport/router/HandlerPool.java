package io.teleport.router;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The default executor of handlers: a pool that grows to its maximum before tasks queue up, and shrinks when idle. Handlers beyond the queue's limit
 * are refused; completions never are, since they are bounded by the calls that wait for them.
 */
public final class HandlerPool implements Executor {

    private static final long IDLE_SECONDS = 60;

    private final ThreadPoolExecutor pool;

    private final GrowFirstQueue queue;

    private final int queueLimit;

    /**
     * @param name part of the thread names
     * @param maxThreads threads at the most, 1 or more
     * @param queueLimit handlers that may wait for a thread
     */
    public HandlerPool(String name, int maxThreads, int queueLimit) {
        AtomicInteger count = new AtomicInteger();
        this.queue = new GrowFirstQueue();
        this.queueLimit = queueLimit;
        int core = Math.min(maxThreads, Runtime.getRuntime().availableProcessors());
        this.pool = new ThreadPoolExecutor(
                core,
                maxThreads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                queue,
                task -> {
                    Thread thread = new Thread(task, "teleport-" + name + "-handler-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                (task, executor) -> queue.addOrReject(task, executor));
        this.pool.allowCoreThreadTimeOut(true);
        this.queue.pool = pool;
    }

    /** @throws RejectedExecutionException if too many tasks wait already, or the pool has ended */
    @Override
    public void execute(Runnable task) {
        if (queue.size() >= queueLimit) {
            throw new RejectedExecutionException("too many handlers wait for a thread, limit " + queueLimit);
        }
        pool.execute(task);
    }

    /** The same threads without a limit, for completions. */
    public Executor completions() {
        return pool;
    }

    /**
     * Lets tasks that were accepted finish, then ends.
     *
     * @return whether all finished within the limit
     */
    public boolean close(long timeout, TimeUnit unit) throws InterruptedException {
        pool.shutdown();
        if (pool.awaitTermination(timeout, unit)) {
            return true;
        }
        pool.shutdownNow();
        return false;
    }

    /** Makes the pool start a thread rather than queue a task, as long as it may and no thread is idle. */
    private static final class GrowFirstQueue extends LinkedBlockingQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        private transient @Nullable ThreadPoolExecutor pool;

        @Override
        public boolean offer(Runnable task) {
            ThreadPoolExecutor pool = Objects.requireNonNull(this.pool, "set before the first task");
            boolean mayGrow = pool.getPoolSize() < pool.getMaximumPoolSize();
            boolean busy = pool.getActiveCount() + size() >= pool.getPoolSize();
            return !(mayGrow && busy) && super.offer(task);
        }

        /** The pool could not start a thread after all: it is full by now, or has ended. */
        void addOrReject(Runnable task, ThreadPoolExecutor executor) {
            if (executor.isShutdown()) {
                throw new RejectedExecutionException("the peer is closed");
            }
            super.offer(task);
        }
    }
}
