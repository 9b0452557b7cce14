package io.teleport.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.teleport.protocol.Protocol;
import io.teleport.socket.SocketPipeline;
import io.teleport.socket.SocketRole;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.Transports;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The addresses a peer listens on: all of them or none. Thread-safe. */
final class Listeners {

    private final String peer;

    private final Transports transports;

    private final SocketPipeline pipeline;

    private final Protocol protocol;

    private final SessionOpener opener;

    /** Whether others may listen on the same addresses. */
    private final boolean shared;

    private final List<Listening> listening = new ArrayList<>();

    private boolean closed;

    private record Listening(Channel channel, TransportAddress address) {}

    Listeners(
            String peer,
            Transports transports,
            SocketPipeline pipeline,
            Protocol protocol,
            SessionOpener opener,
            boolean shared) {
        this.peer = peer;
        this.transports = transports;
        this.pipeline = pipeline;
        this.protocol = protocol;
        this.opener = opener;
        this.shared = shared;
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
                            shared,
                            (channel, transport) ->
                                    pipeline.equip(channel, SocketRole.ACCEPTED, transport, protocol, opener))
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                beginToClose().forEach(ChannelFuture::awaitUninterruptibly);
                throw new ListenException(peer, address.toString(), bound.cause());
            }
            listening.add(new Listening(bound.channel(), actual(address, bound.channel())));
        }
    }

    private static TransportAddress actual(TransportAddress address, Channel channel) {
        return channel.localAddress() instanceof InetSocketAddress inet ? address.withPort(inet.getPort()) : address;
    }

    /** Where this peer listens, with actual ports. */
    synchronized List<TransportAddress> addresses() {
        return listening.stream().map(Listening::address).toList();
    }

    /**
     * Accepts nothing more; where others take over, what had begun is accepted still.
     *
     * @return done when the ports are free
     */
    List<ChannelFuture> beginToClose() {
        List<Listening> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(listening);
            listening.clear();
        }
        ending.forEach(this::beginToClose);
        return ending.stream().map(each -> each.channel().closeFuture()).toList();
    }

    private void beginToClose(Listening ending) {
        Channel channel = ending.channel();
        Duration time = shared ? transports.leave(ending.address(), channel) : Duration.ZERO;
        if (time.isZero()) {
            channel.close();
        } else {
            channel.eventLoop().schedule((Runnable) channel::close, time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
