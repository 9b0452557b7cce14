package io.teleport.simulation;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.local.LocalIoHandler;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import java.net.SocketAddress;

/** The simulated network, {@code sim://name}. Which one it is, a channel learns from its event loop. */
final class SimTransport implements Transport {

    static final String SCHEME = "sim";

    @Override
    public String scheme() {
        return SCHEME;
    }

    /** Asked for but not used: the event loops are {@link SimLoops}. */
    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return LocalIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return SimServerChannel.class;
    }

    @Override
    public Class<? extends Channel> channelType() {
        return SimChannel.class;
    }

    @Override
    public SocketAddress listenAddress(TransportAddress address) {
        return new SimAddress(address.host());
    }

    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        return new SimAddress(address.host());
    }
}
