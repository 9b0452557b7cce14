package io.teleport.session;

import java.util.concurrent.CompletableFuture;

/** The body of a reply to come. Unlike what {@code thenApply} gives, cancelling it cancels the call. */
final class BodyFuture<R> extends CompletableFuture<R> {

    private final CompletableFuture<Reply<R>> reply;

    private BodyFuture(CompletableFuture<Reply<R>> reply) {
        this.reply = reply;
    }

    static <R> CompletableFuture<R> of(CompletableFuture<Reply<R>> reply) {
        BodyFuture<R> future = new BodyFuture<>(reply);
        reply.whenComplete((outcome, failure) -> future.accept(outcome, failure));
        return future;
    }

    @SuppressWarnings(
            "NullAway") // a reply without a body completes the future with null, as the contract of callAsync says
    private void accept(Reply<R> outcome, Throwable failure) {
        if (failure != null) {
            completeExceptionally(failure);
        } else if (outcome.isOk()) {
            complete(outcome.value());
        } else {
            completeExceptionally(outcome.status().toException());
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            reply.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }
}
