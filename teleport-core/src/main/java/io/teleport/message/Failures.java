package io.teleport.message;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Failures out of futures. */
public final class Failures {

    private Failures() {}

    /** The failure itself, without what futures wrap around it. */
    public static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * Waits for a value.
     *
     * @throws StatusException the future's own, with the stack trace of the caller
     * @throws CompletionException around every other failure
     */
    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StatusException refused) {
                throw refused.copyForCaller();
            }
            throw e;
        }
    }
}
