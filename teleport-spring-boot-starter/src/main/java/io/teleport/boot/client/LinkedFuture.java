package io.teleport.boot.client;

import io.teleport.message.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a second step that begins when the first one is complete. Unlike what {@code thenCompose} gives, cancelling it cancels the step that is
 * under way, and its failure is that of the step, not wrapped.
 */
final class LinkedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private volatile CompletableFuture<?> current;

    <F> LinkedFuture(CompletableFuture<F> first, Function<F, CompletableFuture<T>> second) {
        current = first;
        first.whenComplete((value, failure) -> {
            if (failure != null) {
                completeExceptionally(Failures.unwrap(failure));
            } else {
                begin(value, second);
            }
        });
    }

    private <F> void begin(F value, Function<F, CompletableFuture<T>> second) {
        if (isDone()) {
            return;
        }
        CompletableFuture<T> step;
        try {
            step = second.apply(value);
        } catch (RuntimeException e) {
            completeExceptionally(e);
            return;
        }
        current = step;
        if (isCancelled()) {
            step.cancel(false);
        }
        step.whenComplete((result, failure) -> {
            if (failure != null) {
                completeExceptionally(Failures.unwrap(failure));
            } else {
                complete(result);
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            current.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }
}
