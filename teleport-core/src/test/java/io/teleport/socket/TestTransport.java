package io.teleport.socket;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.local.LocalTransport;
import java.net.SocketAddress;

/** In memory, with a handshake that the test itself ends, or with messages kept apart. */
record TestTransport(boolean hasHandshake, boolean keepsMessages) implements Transport {

    private static final Transport LOCAL = new LocalTransport();

    @Override
    public String scheme() {
        return "test";
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return LOCAL.ioHandlerFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannelType() {
        return LOCAL.serverChannelType();
    }

    @Override
    public Class<? extends Channel> channelType() {
        return LOCAL.channelType();
    }

    @Override
    public SocketAddress listenAddress(TransportAddress address) {
        return LOCAL.listenAddress(address);
    }

    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        return LOCAL.dialAddress(address);
    }
}
