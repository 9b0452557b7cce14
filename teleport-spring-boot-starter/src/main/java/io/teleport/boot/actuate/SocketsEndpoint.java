package io.teleport.boot.actuate;

import io.teleport.boot.Teleport;
import io.teleport.boot.UnknownPeerException;
import io.teleport.peer.Peer;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Endpoint {@code sockets}: the open and the recently closed sockets of all peers. */
@Endpoint(id = "sockets")
public final class SocketsEndpoint {

    private final Teleport teleport;

    public SocketsEndpoint(Teleport teleport) {
        this.teleport = teleport;
    }

    /**
     * Sockets peer by peer, the open ones first, oldest first, then the closed ones, latest first.
     *
     * @param state {@code open} or {@code closed}; both if absent. A socket that is still closing counts as open.
     * @param peer name of a peer; all if absent
     * @throws InvalidEndpointRequestException if the state or the peer is unknown
     */
    @ReadOperation
    public SocketsDescriptor sockets(@Nullable String state, @Nullable String peer) {
        boolean open = wants(state, "open");
        boolean closed = wants(state, "closed");
        if (!open && !closed) {
            throw invalid("Unknown state '" + state + "' (expected open or closed)", null);
        }
        List<Peer> peers = peer == null ? teleport.peers() : List.of(peer(peer));
        return new SocketsDescriptor(Stream.concat(
                        open ? peers.stream().flatMap(each -> each.sockets().open().stream()) : Stream.empty(),
                        closed ? peers.stream().flatMap(each -> each.sockets().closed().stream()) : Stream.empty())
                .map(SocketDescriptor::of)
                .toList());
    }

    private static boolean wants(@Nullable String state, String offered) {
        return state == null || state.toLowerCase(Locale.ROOT).equals(offered);
    }

    private Peer peer(String name) {
        try {
            return teleport.peer(name);
        } catch (UnknownPeerException e) {
            throw invalid(String.valueOf(e.getMessage()), e);
        }
    }

    private static InvalidEndpointRequestException invalid(String problem, @Nullable Throwable cause) {
        return new InvalidEndpointRequestException(problem, problem, cause);
    }

    /** One socket, null if it is unknown or forgotten. */
    @ReadOperation
    public @Nullable SocketDescriptor socket(@Selector String id) {
        return teleport.peers().stream()
                .map(peer -> peer.sockets().find(id))
                .flatMap(Optional::stream)
                .findFirst()
                .map(SocketDescriptor::of)
                .orElse(null);
    }

    /**
     * Begins to close an open socket with reason KICKED, after what waits was written.
     *
     * @return whether there is such an open socket
     */
    @DeleteOperation
    public boolean close(@Selector String id) {
        Optional<GuardedSocket> socket = teleport.peers().stream()
                .map(peer -> peer.sockets().get(id))
                .flatMap(Optional::stream)
                .findFirst();
        socket.ifPresent(open -> open.close(CloseReason.KICKED, "closed by an operator"));
        return socket.isPresent();
    }

    /** What the endpoint tells. */
    public record SocketsDescriptor(List<SocketDescriptor> sockets) {}
}
