package io.teleport.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * One kind of network: how its addresses are read, which channels serve it, and what must happen on a new connection before messages flow. One
 * instance serves a whole peer. Thread-safe.
 *
 * <p>Adding a network is one class and one registration with the peer. What is no stream of bytes (KCP, QUIC) fits as well: anything that Netty has
 * channels for, one channel for each connection.
 */
public interface Transport {

    /** The scheme of its addresses, also the name of the network. */
    String scheme();

    /** Transports of the same name here share their event loops; they must have the same kind of {@link #ioHandlerFactory()}. */
    default String eventLoops() {
        return scheme();
    }

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

    /**
     * Lets others, such as the next process of the same service, listen on the same address at the same time. The system gives each a share of the
     * connections.
     *
     * @throws IllegalArgumentException if this network cannot do that here
     */
    default void shareAddress(ServerBootstrap bootstrap) {
        throw new IllegalArgumentException("network '" + scheme() + "' has no addresses that several can listen on");
    }

    /**
     * Leaves connections from now on to the others that listen on the address of a shared listening channel, which goes on accepting those that have begun.
     *
     * @return when the channel can be closed, and none of those is cut off
     */
    default Duration leaveAddress(Channel listening) {
        return Duration.ZERO;
    }

    /** Sets the options of dialed channels. */
    default void configure(Bootstrap bootstrap) {}

    /**
     * Whether something must be agreed upon before messages flow, such as keys. If so, one of the handlers added by {@link #equip} fires a
     * {@link HandshakeEvent} through the pipeline, once; the connection is closed if none comes in time.
     */
    default boolean hasHandshake() {
        return false;
    }

    /**
     * Whether messages arrive as they were sent, each in a buffer of its own. If so, every buffer that is read is one message, and so is every buffer
     * that is written but empty ones.
     */
    default boolean keepsMessages() {
        return false;
    }

    /**
     * Adds the handlers that stand between the network and the messages: encryption, upgrade. On the event loop, before the channel is active.
     *
     * @param address where this side listens, or what it dials
     * @param accepted whether this side accepted the connection
     */
    default void equip(Channel channel, TransportAddress address, boolean accepted) {}
}
