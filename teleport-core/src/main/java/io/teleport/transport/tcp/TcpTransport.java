package io.teleport.transport.tcp;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.IoKind;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;

/**
 * TCP. Nagle's algorithm is off; keep-alive probes begin after 15 s of silence and end a dead connection after four more of 15 s each, so a cut
 * cable is noticed in about a minute without a byte of ours on the wire. On epoll, sent bytes that stay unacknowledged end it as soon.
 *
 * <p>{@code tcp://host:port?bind=10.0.0.5:7000} dials from that address of this machine; without a port from any free one.
 */
public final class TcpTransport implements Transport {

    static final int KEEP_ALIVE_SECONDS = 15;

    static final int KEEP_ALIVE_PROBES = 4;

    /** As long as keep-alive takes to give up. */
    static final int UNACKNOWLEDGED_MILLIS = KEEP_ALIVE_SECONDS * (KEEP_ALIVE_PROBES + 1) * 1000;

    private static final int BACKLOG = 4096;

    private final AddressFamily family;

    private final IoKind io;

    private final TcpChannels channels;

    private TcpTransport(AddressFamily family, IoKind io) {
        this.family = family;
        this.io = io;
        this.channels = io == IoKind.EPOLL ? new EpollChannels() : new NioChannels();
    }

    /** {@code tcp://host:port}, over IPv4 or IPv6, whichever the host has. */
    public TcpTransport() {
        this(IoKind.best());
    }

    /** As {@link #TcpTransport()}, driven by something else than the best there is. */
    public TcpTransport(IoKind io) {
        this(AddressFamily.ANY, io);
    }

    /** {@code tcp4://host:port}: uses and accepts IPv4 only. */
    public static TcpTransport v4() {
        return new TcpTransport(AddressFamily.V4, IoKind.best());
    }

    /** {@code tcp6://host:port}: uses and accepts IPv6 only. */
    public static TcpTransport v6() {
        return new TcpTransport(AddressFamily.V6, IoKind.best());
    }

    @Override
    public String scheme() {
        return family.scheme();
    }

    @Override
    public String eventLoops() {
        return io.eventLoops();
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return io.ioHandlerFactory();
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
        if (family == AddressFamily.ANY) {
            return new InetSocketAddress(address.host(), address.port());
        }
        try {
            return new InetSocketAddress(family.resolve(address.host()).get(0), address.port());
        } catch (UnknownHostException e) {
            throw new InvalidAddressException(address.toString(), "cannot be bound: " + e.getMessage());
        }
    }

    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        requirePort(address, 1);
        BoundDialing.of(address);
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
    public void shareAddress(ServerBootstrap bootstrap) {
        channels.shareAddress(bootstrap);
    }

    @Override
    public Duration leaveAddress(Channel listening) {
        return channels.leaveAddress(listening);
    }

    @Override
    public void configure(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
        if (family != AddressFamily.ANY) {
            bootstrap.resolver(new FamilyResolver(family));
        }
        channels.keepAliveOptions().forEach((option, value) -> set(bootstrap, option, value));
    }

    /** Closes what got in through a socket that serves both families, as wildcard addresses may have. */
    @Override
    public void equip(Channel channel, TransportAddress address, boolean accepted) {
        if (accepted
                && channel.remoteAddress() instanceof InetSocketAddress remote
                && !family.has(remote.getAddress())) {
            channel.close();
        }
        BoundDialing bound = accepted ? null : BoundDialing.of(address);
        if (bound != null) {
            channel.pipeline().addLast(bound);
        }
    }

    private static void setChild(ServerBootstrap bootstrap, ChannelOption<Integer> option, int value) {
        bootstrap.childOption(option, value);
    }

    private static void set(AbstractBootstrap<?, ?> bootstrap, ChannelOption<Integer> option, int value) {
        bootstrap.option(option, value);
    }

    /** The TCP channels of one kind of I/O. */
    interface TcpChannels {

        Class<? extends ServerChannel> serverChannelType();

        Class<? extends Channel> channelType();

        Map<ChannelOption<Integer>, Integer> keepAliveOptions();

        /** As {@link Transport#shareAddress}. */
        void shareAddress(ServerBootstrap bootstrap);

        /** As {@link Transport#leaveAddress}. */
        Duration leaveAddress(Channel listening);
    }
}
