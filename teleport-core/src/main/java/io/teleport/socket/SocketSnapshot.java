package io.teleport.socket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A socket as it was at one moment. Immutable.
 *
 * @param id never used twice in a process
 * @param peer name of the peer it belongs to
 * @param session id of its session, null before there is one
 * @param principal name of who is logged in, null if nobody is
 * @param network scheme of its address, such as {@code tcp}
 * @param protocol name of its protocol
 * @param tls version and cipher suite of its encryption, null without
 * @param localAddress this end
 * @param remoteAddress the other end
 * @param openedAt when the connection was made
 * @param closedAt when closing began, null while open
 * @param closeReason why, null while open
 * @param error what was found, null while open or where the reason says it all
 * @param framesIn whole messages received
 * @param bytesIn bytes received
 * @param framesOut messages the network took
 * @param bytesOut bytes the network took
 * @param outboundBytes bytes accepted and not yet taken by the network
 * @param outboundPolicy what becomes of a write for which there is no room
 * @param writable whether writers should go on: false from the moment the queue is three quarters full until it is no more than one quarter full, and
 *     once the socket closes
 * @param framesDropped pushes that were accepted, and dropped to make room for others
 * @param lastBeatAt last heartbeat that came, was answered, or, as a push, was sent; null if there was none
 * @param callsInFlight calls of both directions that have no outcome yet
 * @param lastActivityAt last time bytes came or went
 */
public record SocketSnapshot(
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
        Instant lastActivityAt) {}
