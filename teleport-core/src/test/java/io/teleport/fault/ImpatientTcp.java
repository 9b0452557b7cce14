package io.teleport.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.tcp.TcpTransport;
import java.net.SocketAddress;
import java.util.Map;

/** TCP as it is, but for the times after which a dead connection is noticed: three seconds instead of 75. */
final class ImpatientTcp implements Transport {

    private static final Map<ChannelOption<Integer>, Integer> OPTIONS = Map.of(
            EpollChannelOption.TCP_KEEPIDLE, 1,
            EpollChannelOption.TCP_KEEPINTVL, 1,
            EpollChannelOption.TCP_KEEPCNT, 2,
            EpollChannelOption.TCP_USER_TIMEOUT, 3_000);

    private final TcpTransport tcp = new TcpTransport();

    @Override
    public String scheme() {
        return tcp.scheme();
    }

    @Override
    public String eventLoops() {
        return tcp.eventLoops();
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return tcp.ioHandlerFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return tcp.serverChannelType();
    }

    @Override
    public Class<? extends Channel> channelType() {
        return tcp.channelType();
    }

    @Override
    public SocketAddress listenAddress(TransportAddress address) {
        return tcp.listenAddress(address);
    }

    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        return tcp.dialAddress(address);
    }

    @Override
    public void configure(ServerBootstrap bootstrap) {
        tcp.configure(bootstrap);
        OPTIONS.forEach(bootstrap::childOption);
    }

    @Override
    public void configure(Bootstrap bootstrap) {
        tcp.configure(bootstrap);
        OPTIONS.forEach(bootstrap::option);
    }
}
