package io.teleport.transport.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** TCP by Linux epoll, through Netty's native library. */
final class EpollChannels implements TcpTransport.TcpChannels {

    /** How long a handshake of TCP that has begun gets, where a round trip usually takes much less. */
    private static final Duration HANDSHAKE = Duration.ofMillis(250);

    private static final int HIGHEST_TTL = 255;

    /** {@code IPPROTO_IP}, {@code IP_MINTTL}. */
    private static final ChannelOption<Integer> IP_MIN_TTL = new IntegerUnixChannelOption("IP_MINTTL", 0, 21);

    /** {@code IPPROTO_IPV6}, {@code IPV6_MINHOPCOUNT}. */
    private static final ChannelOption<Integer> IPV6_MIN_HOP_COUNT =
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", 41, 73);

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

    @Override
    public void shareAddress(ServerBootstrap bootstrap) {
        bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
    }

    /**
     * Linux resets the connections that wait for a listening socket when that is closed, although others share its address. So this one first takes no
     * more: it drops the first packet of new connections, all but those sent with the highest hop limit, which few are. Who dials does not notice but
     * for a second's delay: its system sends that packet again, and by then it is for those who are left. What had begun is accepted meanwhile.
     */
    @Override
    public Duration leaveAddress(Channel listening) {
        boolean ip = listening.config().setOption(IP_MIN_TTL, HIGHEST_TTL);
        boolean ipv6 = isIpv6(listening) && listening.config().setOption(IPV6_MIN_HOP_COUNT, HIGHEST_TTL);
        return ip || ipv6 ? HANDSHAKE : Duration.ZERO;
    }

    private static boolean isIpv6(Channel listening) {
        return listening.localAddress() instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address;
    }
}
