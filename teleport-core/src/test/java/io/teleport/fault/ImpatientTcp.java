package io.teleport.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.teleport.transport.LayeredTransport;
import io.teleport.transport.tcp.TcpTransport;
import java.util.Map;

/** TCP as it is, but for the times after which a dead connection is noticed: three seconds instead of 75. */
final class ImpatientTcp extends LayeredTransport {

    private static final Map<ChannelOption<Integer>, Integer> OPTIONS = Map.of(
            EpollChannelOption.TCP_KEEPIDLE, 1,
            EpollChannelOption.TCP_KEEPINTVL, 1,
            EpollChannelOption.TCP_KEEPCNT, 2,
            EpollChannelOption.TCP_USER_TIMEOUT, 3_000);

    ImpatientTcp() {
        super("tcp", new TcpTransport());
    }

    @Override
    public void configure(ServerBootstrap bootstrap) {
        super.configure(bootstrap);
        OPTIONS.forEach(bootstrap::childOption);
    }

    @Override
    public void configure(Bootstrap bootstrap) {
        super.configure(bootstrap);
        OPTIONS.forEach(bootstrap::option);
    }
}
