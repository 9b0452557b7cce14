package io.teleport.router;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads for handlers or completions: a pool that grows to its maximum before tasks queue up, and shrinks when idle. What is beyond the queue's
 * limit is refused.
 */
public final class HandlerPool implements Executor {

    private static final long IDLE_SECONDS = 60;

    private final GrowFirstPool pool;

    /**
     * @param name part of the thread names
     * @param maxThreads threads at the most, 1 or more
     * @param queueLimit tasks that may wait for a thread
     */
    public HandlerPool(String name, int maxThreads, int queueLimit) {
        this.pool = new GrowFirstPool("teleport-" + name + "-", maxThreads, queueLimit);
    }

    /** @throws RejectedExecutionException if too many tasks wait already, or the pool has ended */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /**
     * Lets tasks that were accepted finish, then ends. When the limit has passed, running tasks are interrupted; handlers that still wait for a thread
     * end with 102, other tasks go to a common thread.
     *
     * @return whether all finished within the limit
     */
    public boolean close(long timeout, TimeUnit unit) throws InterruptedException {
        pool.shutdown();
        if (pool.awaitTermination(timeout, unit)) {
            return true;
        }
        for (Runnable left : pool.shutdownNow()) {
            if (left instanceof Invocation invocation) {
                invocation.finish(Status.builtIn(StatusCode.CONNECTION_CLOSED));
            } else {
                ForkJoinPool.commonPool().execute(left);
            }
        }
        return false;
    }

    /** Starts a thread rather than queue a task, as long as it may and there are more tasks than threads. */
    private static final class GrowFirstPool extends ThreadPoolExecutor {

        /** Tasks that wait or run. Exact, so that two tasks that come at once never count on the same idle thread. */
        private final AtomicInteger unfinished = new AtomicInteger();

        private final int queueLimit;

        GrowFirstPool(String threadPrefix, int maxThreads, int queueLimit) {
            super(
                    Math.min(maxThreads, Runtime.getRuntime().availableProcessors()),
                    maxThreads,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new GrowFirstQueue(),
                    threads(threadPrefix));
            this.queueLimit = queueLimit;
            ((GrowFirstQueue) getQueue()).pool = this;
            setRejectedExecutionHandler((task, pool) -> queueOrReject(task));
            allowCoreThreadTimeOut(true);
        }

        private static ThreadFactory threads(String prefix) {
            AtomicInteger count = new AtomicInteger();
            return task -> {
                Thread thread = new Thread(task, prefix + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            };
        }

        @Override
        public void execute(Runnable task) {
            try {
                // What is in the queue says less: some of it is about to be taken by idle threads.
                if (unfinished.incrementAndGet() - getMaximumPoolSize() > queueLimit) {
                    throw new RejectedExecutionException("too many handlers wait for a thread, limit " + queueLimit);
                }
                super.execute(task);
            } catch (RejectedExecutionException | Error e) {
                // An error is the system's: it has no memory for a thread, or allows no more.
                unfinished.decrementAndGet();
                throw e;
            }
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable failure) {
            unfinished.decrementAndGet();
        }

        boolean shouldGrow() {
            int threads = getPoolSize();
            return threads < getMaximumPoolSize() && unfinished.get() > threads;
        }

        /** The pool could not start a thread after all: it is full by now, or has ended. */
        private void queueOrReject(Runnable task) {
            boolean queued = !isShutdown() && ((GrowFirstQueue) getQueue()).add(task, this);
            if (!queued) {
                throw new RejectedExecutionException("the peer is closed");
            }
        }
    }

    private static final class GrowFirstQueue extends LinkedBlockingQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        private transient @Nullable GrowFirstPool pool;

        @Override
        public boolean offer(Runnable task) {
            return !Objects.requireNonNull(pool, "set before the first task").shouldGrow() && super.offer(task);
        }

        /** False if the pool ended meanwhile, and so perhaps its last thread. */
        boolean add(Runnable task, GrowFirstPool current) {
            super.offer(task);
            if (current.isShutdown() && remove(task)) {
                return false;
            }
            if (current.getPoolSize() == 0) {
                current.prestartCoreThread();
            }
            return true;
        }
    }
}
