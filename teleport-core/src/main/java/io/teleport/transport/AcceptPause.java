package io.teleport.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a listening channel wait for a moment when it cannot accept, as when the process has no file descriptor left: the connection stays in the
 * system's queue, so the channel is ready at once and would be asked for ever. Tells of it once for each such time, however long that is. Confined
 * to the event loop of the channel.
 */
final class AcceptPause extends ChannelInboundHandlerAdapter {

    static final long PAUSE_MILLIS = 1000;

    private static final Logger log = LoggerFactory.getLogger(AcceptPause.class);

    /** Failures since it was told of; 0 while all is well. */
    private int failures;

    /** Says that all is well, unless there is another failure before. */
    private @Nullable Future<?> recovery;

    /** Not handed on: the next handler, Netty's own, would pause as well, and log every failure with its stack trace. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        Channel listening = ctx.channel();
        if (failures++ == 0) {
            tell(listening, failure);
        } else {
            log.debug("{}: still cannot accept connections: {}", listening, failure.toString());
        }
        if (recovery != null) {
            recovery.cancel(false);
            recovery = null;
        }
        listening.config().setAutoRead(false);
        ctx.executor().schedule(() -> resume(listening), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void resume(Channel listening) {
        if (listening.isOpen()) {
            listening.config().setAutoRead(true);
        }
    }

    private static void tell(Channel listening, Throwable failure) {
        String text = "{}: cannot accept connections, tries again every {} ms; open connections are served: {}";
        if (failure instanceof IOException) {
            log.warn(text, listening, PAUSE_MILLIS, failure.toString());
        } else {
            log.error(text, listening, PAUSE_MILLIS, failure.toString(), failure);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        if (failures > 0 && recovery == null) {
            // One alone may have found the place of another that has just left.
            recovery = ctx.executor().schedule(() -> recovered(ctx.channel()), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        ctx.fireChannelRead(accepted);
    }

    private void recovered(Channel listening) {
        log.warn("{}: accepts connections again, after {} failures", listening, failures);
        failures = 0;
        recovery = null;
    }
}
