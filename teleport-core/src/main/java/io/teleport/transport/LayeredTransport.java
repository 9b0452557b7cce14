package io.teleport.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * A transport on top of another one: TLS on TCP, WebSocket on either. Everything but the scheme is as below unless it is overridden; addresses are
 * given to the transport below as they are, with the scheme of this one.
 *
 * <p>The handlers of the transport below come first in the pipeline. If that one has a handshake, its {@link HandshakeEvent.Done} reaches the handlers
 * of this one first: they keep it to themselves and fire their own when their part is done. {@link HandshakeEvent.Failed} they let pass.
 */
public abstract class LayeredTransport implements Transport {

    private final String scheme;

    private final Transport below;

    /**
     * @param scheme scheme of the addresses
     * @param below what carries the bytes
     */
    protected LayeredTransport(String scheme, Transport below) {
        this.scheme = scheme;
        this.below = below;
    }

    @Override
    public final String scheme() {
        return scheme;
    }

    /** What carries the bytes. */
    protected final Transport below() {
        return below;
    }

    /**
     * This transport after another one was registered with the peer.
     *
     * @param added the new one; where it has the scheme of the one below it belongs in its place
     */
    public Transport ifBelowIsReplaced(Transport added) {
        return this;
    }

    @Override
    public final String eventLoops() {
        return below.eventLoops();
    }

    @Override
    public final IoHandlerFactory ioHandlerFactory() {
        return below.ioHandlerFactory();
    }

    @Override
    public final Class<? extends ServerChannel> serverChannelType() {
        return below.serverChannelType();
    }

    @Override
    public final Class<? extends Channel> channelType() {
        return below.channelType();
    }

    @Override
    public SocketAddress listenAddress(TransportAddress address) {
        return below.listenAddress(address);
    }

    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        return below.dialAddress(address);
    }

    @Override
    public void configure(ServerBootstrap bootstrap) {
        below.configure(bootstrap);
    }

    @Override
    public void shareAddress(ServerBootstrap bootstrap) {
        below.shareAddress(bootstrap);
    }

    @Override
    public Duration leaveAddress(Channel listening) {
        return below.leaveAddress(listening);
    }

    @Override
    public void configure(Bootstrap bootstrap) {
        below.configure(bootstrap);
    }

    @Override
    public boolean hasHandshake() {
        return below.hasHandshake();
    }

    @Override
    public boolean keepsMessages() {
        return below.keepsMessages();
    }

    /** Adds the handlers of the transport below; those of this one belong behind them. */
    @Override
    public void equip(Channel channel, TransportAddress address, boolean accepted) {
        below.equip(channel, address, accepted);
    }
}
