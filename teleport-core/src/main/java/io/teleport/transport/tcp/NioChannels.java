package io.teleport.transport.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/** TCP by the JDK's own selector. */
final class NioChannels implements TcpTransport.TcpChannels {

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return NioServerSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> channelType() {
        return NioSocketChannel.class;
    }

    @Override
    public Map<ChannelOption<Integer>, Integer> keepAliveOptions() {
        return Map.of(
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), TcpTransport.KEEP_ALIVE_SECONDS,
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), TcpTransport.KEEP_ALIVE_SECONDS,
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), TcpTransport.KEEP_ALIVE_PROBES);
    }

    @Override
    public void shareAddress(ServerBootstrap bootstrap) {
        throw new IllegalArgumentException(
                "that needs Linux and io.netty:netty-transport-native-epoll for its processor on the class path");
    }

    @Override
    public Duration leaveAddress(Channel listening) {
        return Duration.ZERO;
    }
}
