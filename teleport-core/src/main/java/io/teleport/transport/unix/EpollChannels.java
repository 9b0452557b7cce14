package io.teleport.transport.unix;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;

/** Domain sockets by Linux epoll, through Netty's native library. */
final class EpollChannels implements UnixTransport.UnixChannels {

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return EpollServerDomainSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> channelType() {
        return EpollDomainSocketChannel.class;
    }

    @Override
    public SocketAddress address(Path path) {
        return new DomainSocketAddress(path.toString());
    }

    @Override
    public int longestPath() {
        // The 108 of the operating system include the end of the text, for lack of which the native library fails.
        return 107;
    }
}
