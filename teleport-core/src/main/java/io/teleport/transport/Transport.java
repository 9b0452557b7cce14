package io.teleport.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;

/** One kind of network: how its addresses are read and which channels serve it. Stateless. */
public interface Transport {

    /** The scheme of its addresses, also the name of the network. */
    String scheme();

    /** What drives its event loops. */
    IoHandlerFactory ioHandlerFactory();

    Class<? extends ServerChannel> serverChannelType();

    Class<? extends Channel> channelType();

    /**
     * The address to bind.
     *
     * @throws InvalidAddressException if something is missing from it
     */
    SocketAddress listenAddress(TransportAddress address);

    /**
     * The address to connect to, not yet resolved.
     *
     * @throws InvalidAddressException if something is missing from it
     */
    SocketAddress dialAddress(TransportAddress address);

    /** Sets the options of listening channels and of those they accept. */
    default void configure(ServerBootstrap bootstrap) {}

    /** Sets the options of dialed channels. */
    default void configure(Bootstrap bootstrap) {}
}
