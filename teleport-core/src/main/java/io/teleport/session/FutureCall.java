package io.teleport.session;

import io.netty.util.ReferenceCountUtil;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A call whose outcome goes to a future, decoded and completed away from the event loop. */
final class FutureCall<R> extends PendingCall {

    private final CompletableFuture<Reply<R>> future = new CompletableFuture<>();

    private final Executor completions;

    private final Function<PendingCall, Reply<R>> decoder;

    FutureCall(
            OutgoingMessage request,
            Type resultType,
            long timeoutNanos,
            boolean idempotent,
            Executor completions,
            Function<PendingCall, Reply<R>> decoder,
            LongSupplier clock) {
        super(request, resultType, timeoutNanos, idempotent, clock);
        this.completions = completions;
        this.decoder = decoder;
    }

    CompletableFuture<Reply<R>> future() {
        return future;
    }

    @Override
    void completed() {
        completions.execute(() -> {
            // Decoding also releases the reply, so it happens even when the caller has cancelled meanwhile. Bytes that
            // were
            // lent to the caller then go back, since it never sees them.
            try {
                Reply<R> reply = decoder.apply(this);
                if (!future.complete(reply)) {
                    ReferenceCountUtil.release(reply.value());
                }
            } catch (Throwable e) {
                // An error in a codec or observer; whoever waits must learn of it.
                future.completeExceptionally(e);
            }
        });
    }
}
