package io.teleport.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.teleport.protocol.Protocol;
import io.teleport.socket.SocketPipeline;
import io.teleport.socket.SocketRole;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.Transports;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The addresses a peer listens on: all of them or none. Thread-safe. */
final class Listeners {

    private final String peer;

    private final Transports transports;

    private final SocketPipeline pipeline;

    private final Protocol protocol;

    private final SessionOpener opener;

    private final List<Channel> channels = new ArrayList<>();

    private final List<TransportAddress> addresses = new ArrayList<>();

    private boolean closed;

    Listeners(String peer, Transports transports, SocketPipeline pipeline, Protocol protocol, SessionOpener opener) {
        this.peer = peer;
        this.transports = transports;
        this.pipeline = pipeline;
        this.protocol = protocol;
        this.opener = opener;
    }

    /** @throws ListenException if one address cannot be bound; those bound before are released */
    synchronized void open(List<TransportAddress> wanted) {
        if (closed) {
            throw new IllegalStateException("Peer '" + peer + "' was closed while it started");
        }
        for (TransportAddress address : wanted) {
            ChannelFuture bound = transports
                    .bind(
                            address,
                            (channel, transport) ->
                                    pipeline.equip(channel, SocketRole.ACCEPTED, transport, protocol, opener))
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                close();
                throw new ListenException(peer, address.toString(), bound.cause());
            }
            channels.add(bound.channel());
            addresses.add(actual(address, bound.channel()));
        }
    }

    private static TransportAddress actual(TransportAddress address, Channel channel) {
        return channel.localAddress() instanceof InetSocketAddress inet ? address.withPort(inet.getPort()) : address;
    }

    /** Where this peer listens, with actual ports. */
    synchronized List<TransportAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Accepts nothing more. Returns when the ports are free. */
    synchronized void close() {
        closed = true;
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        channels.clear();
        addresses.clear();
    }
}
