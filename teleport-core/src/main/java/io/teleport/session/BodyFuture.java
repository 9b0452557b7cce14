package io.teleport.session;

import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.CompletableFuture;

/** The body of a reply to come. */
final class BodyFuture {

    private BodyFuture() {}

    /** Unlike with {@code thenApply}, cancelling this future, or completing it otherwise, ends the call. */
    static <R> CompletableFuture<R> of(CompletableFuture<Reply<R>> reply) {
        CompletableFuture<R> future = new CompletableFuture<>();
        reply.whenComplete((outcome, failure) -> complete(future, outcome, failure));
        future.whenComplete((body, failure) -> reply.cancel(false));
        return future;
    }

    @SuppressWarnings(
            "NullAway") // a reply without a body completes the future with null, as the contract of callAsync says
    private static <R> void complete(CompletableFuture<R> future, Reply<R> outcome, Throwable failure) {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else if (outcome.isOk()) {
            if (!future.complete(outcome.value())) {
                // Cancelled meanwhile: nobody else would give back the bytes of a ByteBuf.
                ReferenceCountUtil.release(outcome.value());
            }
        } else {
            future.completeExceptionally(outcome.status().toException());
        }
    }
}
