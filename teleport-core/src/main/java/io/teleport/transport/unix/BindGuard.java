package io.teleport.transport.unix;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;

/** Looks at the place before a listening socket is bound: the native transport would delete whatever is there. */
final class BindGuard extends ChannelOutboundHandlerAdapter {

    @Override
    public void bind(ChannelHandlerContext ctx, SocketAddress address, ChannelPromise promise) {
        try {
            // Both kinds of address are shown as their path.
            SocketFile.makeRoom(Path.of(address.toString()));
        } catch (IOException e) {
            promise.setFailure(e);
            return;
        }
        ctx.bind(address, promise);
    }
}
