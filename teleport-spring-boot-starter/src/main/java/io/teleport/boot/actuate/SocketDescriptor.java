package io.teleport.boot.actuate;

import io.teleport.socket.CloseReason;
import io.teleport.socket.OutboundPolicy;
import io.teleport.socket.SocketRole;
import io.teleport.socket.SocketSnapshot;
import io.teleport.socket.SocketState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A socket as it was at one moment.
 *
 * @param id unique in the process, for ever
 * @param session id of its session, null before there is one
 * @param principal name of who is logged in, null if nobody is
 * @param network scheme of its address, such as {@code tcp}
 * @param tls version and cipher suite of its encryption, null without
 * @param closeReason why it was closed, null while open
 * @param error what was found, null while open or where the reason says it all
 * @param framesIn whole messages received
 * @param framesOut messages the network took
 * @param outboundBytes bytes that wait to be written
 * @param outboundPolicy what becomes of a write for which there is no room
 * @param writable whether the other side keeps up: false from the moment the queue is three quarters full until it is no more than one quarter full
 * @param framesDropped pushes that were accepted, and dropped to make room for others
 * @param lastBeatAt last heartbeat that came, was answered, or, as a push, was sent; null if there was none
 * @param callsInFlight calls of both directions that have no outcome yet
 */
public record SocketDescriptor(
        String id,
        String peer,
        @Nullable String session,
        @Nullable String principal,
        SocketRole role,
        SocketState state,
        String network,
        String protocol,
        @Nullable String tls,
        String localAddress,
        String remoteAddress,
        Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable CloseReason closeReason,
        @Nullable String error,
        long framesIn,
        long bytesIn,
        long framesOut,
        long bytesOut,
        long outboundBytes,
        OutboundPolicy outboundPolicy,
        boolean writable,
        long framesDropped,
        @Nullable Instant lastBeatAt,
        int callsInFlight,
        Instant lastActivityAt) {

    static SocketDescriptor of(SocketSnapshot socket) {
        return new SocketDescriptor(
                socket.id(),
                socket.peer(),
                socket.session(),
                socket.principal(),
                socket.role(),
                socket.state(),
                socket.network(),
                socket.protocol(),
                socket.tls(),
                socket.localAddress(),
                socket.remoteAddress(),
                socket.openedAt(),
                socket.closedAt(),
                socket.closeReason(),
                socket.error(),
                socket.framesIn(),
                socket.bytesIn(),
                socket.framesOut(),
                socket.bytesOut(),
                socket.outboundBytes(),
                socket.outboundPolicy(),
                socket.writable(),
                socket.framesDropped(),
                socket.lastBeatAt(),
                socket.callsInFlight(),
                socket.lastActivityAt());
    }
}
