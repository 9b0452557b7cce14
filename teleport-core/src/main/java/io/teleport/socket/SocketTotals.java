package io.teleport.socket;

import java.util.EnumMap;
import java.util.Map;

/**
 * What all sockets of a peer did so far, open and closed ones together. Every figure only grows, but for {@code open}.
 *
 * @param open sockets open now
 * @param closed sockets closed, by reason; reasons that did not occur are absent
 * @param framesDropped pushes that were accepted, and dropped to make room for others
 */
public record SocketTotals(
        int open,
        Map<CloseReason, Long> closed,
        long framesIn,
        long bytesIn,
        long framesOut,
        long bytesOut,
        long framesDropped) {

    public SocketTotals {
        closed = closed.isEmpty() ? Map.of() : new EnumMap<>(closed);
    }
}
