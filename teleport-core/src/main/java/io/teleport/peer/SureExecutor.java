package io.teleport.peer;

import io.netty.util.concurrent.EventExecutor;
import io.teleport.transport.LoopTasks;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs what must not be lost, such as the completion of a call: where the executor refuses, because it is full, has ended, or gets no thread from the
 * system, a common thread does it.
 */
final class SureExecutor implements LoopTasks {

    private final Executor preferred;

    SureExecutor(Executor preferred) {
        this.preferred = preferred;
    }

    @Override
    public void execute(Runnable task) {
        try {
            preferred.execute(task);
        } catch (RejectedExecutionException | Error e) {
            ForkJoinPool.commonPool().execute(task);
        }
    }

    @Override
    public void executeFrom(EventExecutor loop, Runnable task) {
        try {
            LoopTasks.execute(preferred, loop, task);
        } catch (RejectedExecutionException | Error e) {
            ForkJoinPool.commonPool().execute(task);
        }
    }
}
