package io.teleport.session;

import io.netty.util.ReferenceCountUtil;
import io.teleport.message.Message;
import io.teleport.transport.LoopTasks;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A call whose outcome goes to a future, decoded and completed away from the event loop; a reply on it, if the caller asked for that. */
final class FutureCall<R> extends PendingCall implements Runnable {

    private final CompletableFuture<Reply<R>> future = new CompletableFuture<>();

    private final Executor completions;

    private final Function<PendingCall, Reply<R>> decoder;

    private final boolean inline;

    FutureCall(
            OutgoingMessage request,
            Type resultType,
            long timeoutNanos,
            boolean idempotent,
            boolean inline,
            Executor completions,
            Function<PendingCall, Reply<R>> decoder,
            LongSupplier clock) {
        super(request, resultType, timeoutNanos, idempotent, clock);
        this.inline = inline;
        this.completions = completions;
        this.decoder = decoder;
    }

    CompletableFuture<Reply<R>> future() {
        return future;
    }

    @Override
    void completed() {
        Link connection = link();
        if (connection == null) {
            completions.execute(this);
        } else if (inline
                && outcome() instanceof Message
                && connection.eventLoop().inEventLoop()) {
            run();
        } else {
            LoopTasks.execute(completions, connection.eventLoop(), this);
        }
    }

    @Override
    public void run() {
        // Decoding also releases the reply, so it happens even when the caller has cancelled meanwhile. Bytes that were
        // lent to the caller then go back,
        // since it never sees them.
        try {
            Reply<R> reply = decoder.apply(this);
            if (!future.complete(reply)) {
                ReferenceCountUtil.release(reply.value());
            }
        } catch (Throwable e) {
            // An error in a codec or observer; whoever waits must learn of it.
            future.completeExceptionally(e);
        }
    }
}
