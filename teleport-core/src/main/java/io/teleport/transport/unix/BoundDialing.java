package io.teleport.transport.unix;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a socket that dials a file of its own, for as long as it is open. */
final class BoundDialing extends ChannelOutboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(BoundDialing.class);

    private final Path path;

    private final SocketAddress address;

    BoundDialing(Path path, SocketAddress address) {
        this.path = path;
        this.address = address;
    }

    @Override
    public void connect(
            ChannelHandlerContext ctx, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
        try {
            SocketFile.makeRoom(path);
        } catch (IOException e) {
            promise.setFailure(e);
            return;
        }
        ctx.channel().closeFuture().addListener(closed -> remove());
        ctx.connect(remote, address, promise);
    }

    private void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("Cannot remove {}, the file of a socket that is closed", path, e);
        }
    }
}
