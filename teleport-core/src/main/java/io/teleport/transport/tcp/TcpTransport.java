package io.teleport.transport.tcp;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;

/**
 * TCP. Nagle's algorithm is off; keep-alive probes begin after 15 s of silence and end a dead connection after four more of 15 s each, so a cut
 * cable is noticed in about a minute without a byte of ours on the wire. On epoll, sent bytes that stay unacknowledged end it as soon.
 */
public final class TcpTransport implements Transport {

    static final int KEEP_ALIVE_SECONDS = 15;

    static final int KEEP_ALIVE_PROBES = 4;

    /** As long as keep-alive takes to give up. */
    static final int UNACKNOWLEDGED_MILLIS = KEEP_ALIVE_SECONDS * (KEEP_ALIVE_PROBES + 1) * 1000;

    private static final int BACKLOG = 4096;

    private final TcpChannels channels = TcpChannels.best();

    @Override
    public String scheme() {
        return "tcp";
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return channels.ioHandlerFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return channels.serverChannelType();
    }

    @Override
    public Class<? extends Channel> channelType() {
        return channels.channelType();
    }

    @Override
    public SocketAddress listenAddress(TransportAddress address) {
        requirePort(address, 0);
        return new InetSocketAddress(address.host(), address.port());
    }

    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        requirePort(address, 1);
        return InetSocketAddress.createUnresolved(address.host(), address.port());
    }

    private static void requirePort(TransportAddress address, int lowest) {
        if (address.port() < lowest) {
            throw new InvalidAddressException(
                    address.toString(),
                    "has no port to use (expected " + address.scheme() + "://host:port, port " + lowest + " to 65535)");
        }
    }

    @Override
    public void configure(ServerBootstrap bootstrap) {
        bootstrap.option(ChannelOption.SO_REUSEADDR, true).option(ChannelOption.SO_BACKLOG, BACKLOG);
        bootstrap.childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true);
        channels.keepAliveOptions().forEach((option, value) -> setChild(bootstrap, option, value));
    }

    @Override
    public void configure(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
        channels.keepAliveOptions().forEach((option, value) -> set(bootstrap, option, value));
    }

    private static void setChild(ServerBootstrap bootstrap, ChannelOption<Integer> option, int value) {
        bootstrap.childOption(option, value);
    }

    private static void set(AbstractBootstrap<?, ?> bootstrap, ChannelOption<Integer> option, int value) {
        bootstrap.option(option, value);
    }

    /** The kind of TCP channel that this machine does best. */
    interface TcpChannels {

        IoHandlerFactory ioHandlerFactory();

        Class<? extends ServerChannel> serverChannelType();

        Class<? extends Channel> channelType();

        Map<ChannelOption<Integer>, Integer> keepAliveOptions();

        static TcpChannels best() {
            return epollPresent() ? new EpollChannels() : new NioChannels();
        }

        private static boolean epollPresent() {
            try {
                return EpollChannels.isAvailable();
            } catch (NoClassDefFoundError e) {
                // Epoll is an optional dependency.
                return false;
            }
        }
    }
}
