package io.teleport.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose last bytes the other side shall read though it may still be sending: closing at once would make the system throw
 * away what it has not read yet and reset the connection, and with it those last bytes. So this side ends its own direction only, drops
 * what still comes, and closes when the other side does, or soon. Confined to the event loop.
 */
final class Farewell {

    /** How long it listens after its last byte. */
    static final long MILLIS = 1_000;

    /** How much it listens to. */
    static final int BYTES = 4 * 1024 * 1024;

    private final Channel channel;

    private int left = BYTES;

    private Farewell(Channel channel) {
        this.channel = channel;
    }

    /** Writes the last words behind what was written before, and sees the channel to its end. */
    static Farewell say(byte[] lastWords, Channel channel, long closeTimeoutMillis) {
        Farewell farewell = new Farewell(channel);
        channel.config().setAutoRead(true);
        farewell.closeIn(closeTimeoutMillis);
        channel.writeAndFlush(Unpooled.wrappedBuffer(lastWords)).addListener(written -> {
            if (written.isSuccess()) {
                farewell.endOutput();
            } else {
                channel.close();
            }
        });
        return farewell;
    }

    private void endOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            channel.close();
            return;
        }
        closeIn(MILLIS);
    }

    private void closeIn(long millis) {
        Future<?> limit = channel.eventLoop().schedule((Runnable) channel::close, millis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> limit.cancel(false));
    }

    void heard(int bytes) {
        left -= bytes;
        if (left < 0) {
            channel.close();
        }
    }
}
