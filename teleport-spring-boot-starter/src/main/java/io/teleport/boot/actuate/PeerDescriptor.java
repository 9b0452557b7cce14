package io.teleport.boot.actuate;

import io.teleport.boot.client.ConnectionState;
import io.teleport.boot.client.RemotePeer;
import io.teleport.message.MessageType;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerOptions;
import io.teleport.peer.PeerState;
import io.teleport.plugin.Plugin;
import io.teleport.router.Ordering;
import io.teleport.router.Route;
import io.teleport.transport.TransportAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer as it was at one moment.
 *
 * @param listen addresses it was told to listen on
 * @param listening addresses on which it listens, with actual ports
 * @param dial the connection it keeps, null if it dials nothing by itself
 * @param bodyCodec codec of bodies whose sender names none
 * @param openSockets number of open sockets, accepted and dialed
 * @param plugins names of its plugins in the order in which they run
 */
public record PeerDescriptor(
        PeerState state,
        List<String> listen,
        List<String> listening,
        @Nullable DialDescriptor dial,
        String protocol,
        String bodyCodec,
        int openSockets,
        List<RouteDescriptor> routes,
        List<String> plugins) {

    static PeerDescriptor of(Peer peer, @Nullable RemotePeer remote) {
        PeerOptions options = peer.options();
        return new PeerDescriptor(
                peer.state(),
                options.listen(),
                peer.listening().stream().map(TransportAddress::toString).toList(),
                remote == null ? null : DialDescriptor.of(remote),
                options.protocol(),
                options.bodyCodec(),
                peer.sockets().openCount(),
                peer.router().routes().stream().map(RouteDescriptor::of).toList(),
                peer.plugins().stream().map(Plugin::name).toList());
    }

    /**
     * A connection that is kept.
     *
     * @param addresses addresses in the order in which they are tried
     * @param connected address of the session there is, null if there is none
     * @param lastError why the latest attempt failed or the latest session ended
     */
    public record DialDescriptor(
            ConnectionState state,
            List<String> addresses,
            @Nullable String connected,
            @Nullable String lastError) {

        static DialDescriptor of(RemotePeer remote) {
            return new DialDescriptor(
                    remote.state(), remote.addresses(), remote.connectedAddress(), remote.lastError());
        }
    }

    /**
     * A route.
     *
     * @param argument type the body is decoded into
     * @param result type of the answer, {@code void} for a PUSH
     * @param inline whether the handler runs on the event loop
     * @param ordering whether its messages are handled in an order
     * @param handler the code behind it
     * @param plugins names of the plugins that take part in its messages, in the order in which they run
     */
    public record RouteDescriptor(
            MessageType type,
            String path,
            String argument,
            String result,
            boolean inline,
            Ordering ordering,
            String handler,
            List<String> plugins) {

        static RouteDescriptor of(Route route) {
            return new RouteDescriptor(
                    route.type(),
                    route.path(),
                    route.argumentType().getTypeName(),
                    route.resultType().getTypeName(),
                    route.isInline(),
                    route.ordering(),
                    route.handler(),
                    route.plugins());
        }
    }
}
