package io.teleport.boot.metrics;

import io.teleport.socket.SocketRegistry;
import io.teleport.socket.SocketTotals;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a peer for all its counters: they are summed up over every open socket, once for a reading of the whole registry and not for each meter.
 * Figures are a tenth of a second old at the most. Thread-safe.
 */
final class RecentTotals {

    private static final long FRESH_NANOS = 100_000_000;

    private final SocketRegistry sockets;

    private @Nullable SocketTotals latest;

    private long takenNanos;

    RecentTotals(SocketRegistry sockets) {
        this.sockets = sockets;
    }

    synchronized SocketTotals get() {
        long now = System.nanoTime();
        SocketTotals totals = latest;
        if (totals == null || now - takenNanos > FRESH_NANOS) {
            totals = sockets.totals();
            latest = totals;
            takenNanos = now;
        }
        return totals;
    }
}
