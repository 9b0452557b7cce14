package io.teleport.transport.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends pings into silence, and fails the connection when that does not break it. Confined to the event loop. */
final class PingTimer {

    private final FrameWriter writer;

    private final Duration interval;

    private @Nullable Future<?> timer;

    private boolean heard;

    private boolean asked;

    /** @param interval zero for no pings at all */
    PingTimer(FrameWriter writer, Duration interval) {
        this.writer = writer;
        this.interval = interval;
    }

    void start(ChannelHandlerContext ctx) {
        if (!interval.isZero()) {
            timer = ctx.executor()
                    .scheduleWithFixedDelay(
                            () -> tick(ctx), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Something arrived. */
    void heard() {
        heard = true;
        asked = false;
    }

    private void tick(ChannelHandlerContext ctx) {
        if (heard) {
            heard = false;
        } else if (asked) {
            stop();
            ctx.fireExceptionCaught(new IOException("ping was not answered within " + interval));
        } else {
            asked = true;
            writer.control(ctx, FrameHeader.PING, payload -> {});
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
