package io.teleport.transport.unix;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Domain sockets by the JDK's own selectors. */
final class NioChannels implements UnixTransport.UnixChannels {

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return NioServerDomainSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> channelType() {
        return NioDomainSocketChannel.class;
    }

    @Override
    public SocketAddress address(Path path) {
        return UnixDomainSocketAddress.of(path);
    }

    @Override
    public int longestPath() {
        return 106;
    }
}
