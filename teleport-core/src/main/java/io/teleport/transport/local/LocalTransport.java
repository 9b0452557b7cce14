package io.teleport.transport.local;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** Connections within one process: {@code local://name}. For tests, and for peers that happen to share a JVM. */
public final class LocalTransport implements Transport {

    /** Of all peers, since addresses are those of the whole process. */
    private static final AtomicLong DIALED = new AtomicLong();

    @Override
    public String scheme() {
        return "local";
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return LocalIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return LocalServerChannel.class;
    }

    @Override
    public Class<? extends Channel> channelType() {
        return LocalChannel.class;
    }

    @Override
    public SocketAddress listenAddress(TransportAddress address) {
        return new LocalAddress(address.host());
    }

    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        return new LocalAddress(address.host());
    }

    /**
     * Gives the dialing end an address that no listener can have. Left to itself, Netty makes one of the 32 bits of the channel's hash code, and among some
     * ten thousand channels two have the same: the second cannot connect.
     */
    @Override
    public void configure(Bootstrap bootstrap) {
        bootstrap.localAddress(new LocalAddress("client:" + DIALED.incrementAndGet()));
    }
}
