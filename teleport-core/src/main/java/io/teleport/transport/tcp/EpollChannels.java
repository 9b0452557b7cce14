package io.teleport.transport.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.Map;

/** TCP by Linux epoll, through Netty's native library. */
final class EpollChannels implements TcpTransport.TcpChannels {

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return EpollServerSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> channelType() {
        return EpollSocketChannel.class;
    }

    @Override
    public Map<ChannelOption<Integer>, Integer> keepAliveOptions() {
        return Map.of(
                EpollChannelOption.TCP_KEEPIDLE, TcpTransport.KEEP_ALIVE_SECONDS,
                EpollChannelOption.TCP_KEEPINTVL, TcpTransport.KEEP_ALIVE_SECONDS,
                EpollChannelOption.TCP_KEEPCNT, TcpTransport.KEEP_ALIVE_PROBES,
                // Keep-alive does not probe while sent bytes are unacknowledged; without this they are repeated for a
                // quarter of an hour.
                EpollChannelOption.TCP_USER_TIMEOUT, TcpTransport.UNACKNOWLEDGED_MILLIS);
    }
}
