package io.teleport.transport.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseNotifier;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that waits a moment for the other side to end it: one that is closed while bytes of the other side are unread is reset, and
 * what was sent last may never be seen. Confined to the event loop.
 */
final class LingeringClose {

    private @Nullable ChannelPromise promise;

    private @Nullable Future<?> limit;

    private boolean finished;

    boolean hasBegun() {
        return promise != null;
    }

    /**
     * Begins to close, or joins a closing that has begun.
     *
     * @return whether this call began it
     */
    boolean begin(ChannelPromise newPromise) {
        ChannelPromise begun = promise;
        if (begun != null) {
            begun.addListener(new PromiseNotifier<>(false, newPromise));
            return false;
        }
        promise = newPromise;
        return true;
    }

    /** Waits for {@link #finish}, no longer than this; what still arrives is to be read and dropped. */
    void linger(ChannelHandlerContext ctx, Duration longest) {
        ctx.channel().config().setAutoRead(true);
        limit = ctx.executor().schedule(() -> finish(ctx), longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Closes now, if closing has begun and is not finished. */
    void finish(ChannelHandlerContext ctx) {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
        if (promise != null && !finished) {
            finished = true;
            ctx.close(promise);
        }
    }
}
