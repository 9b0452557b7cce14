package io.teleport.peer;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs what must not be lost, such as the completion of a call: where the executor refuses, because it is full, has ended, or gets no thread from the
 * system, a common thread does it.
 */
final class SureExecutor implements Executor {

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
}
