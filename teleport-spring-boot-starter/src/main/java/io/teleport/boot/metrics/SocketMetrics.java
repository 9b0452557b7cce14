package io.teleport.boot.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.teleport.boot.Teleport;
import io.teleport.boot.metrics.TeleportMeter.MeterTag;
import io.teleport.peer.Peer;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketRegistry;
import io.teleport.socket.SocketTotals;
import java.util.function.ToLongFunction;

/** Binds the meters of sockets: {@code teleport.sockets.*}, {@code teleport.messages} and {@code teleport.bytes}. */
public final class SocketMetrics implements MeterBinder {

    private final Teleport teleport;

    public SocketMetrics(Teleport teleport) {
        this.teleport = teleport;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        teleport.peers().forEach(peer -> bind(peer, registry));
    }

    private static void bind(Peer peer, MeterRegistry registry) {
        Gauge.builder(TeleportMeter.SOCKETS_OPEN.getName(), peer.sockets(), SocketRegistry::openCount)
                .tag(MeterTag.PEER.asString(), peer.name())
                .register(registry);
        RecentTotals totals = new RecentTotals(peer.sockets());
        for (CloseReason reason : CloseReason.values()) {
            counter(
                            TeleportMeter.SOCKETS_CLOSED,
                            peer,
                            totals,
                            now -> now.closed().getOrDefault(reason, 0L))
                    .tag(MeterTag.REASON.asString(), reason.name())
                    .register(registry);
        }
        direction(TeleportMeter.MESSAGES, peer, totals, "in", SocketTotals::framesIn)
                .register(registry);
        direction(TeleportMeter.MESSAGES, peer, totals, "out", SocketTotals::framesOut)
                .register(registry);
        counter(TeleportMeter.MESSAGES_DROPPED, peer, totals, SocketTotals::framesDropped)
                .register(registry);
        direction(TeleportMeter.BYTES, peer, totals, "in", SocketTotals::bytesIn)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        direction(TeleportMeter.BYTES, peer, totals, "out", SocketTotals::bytesOut)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private static FunctionCounter.Builder<?> direction(
            TeleportMeter meter,
            Peer peer,
            RecentTotals totals,
            String direction,
            ToLongFunction<SocketTotals> figure) {
        return counter(meter, peer, totals, figure).tag(MeterTag.DIRECTION.asString(), direction);
    }

    private static FunctionCounter.Builder<?> counter(
            TeleportMeter meter, Peer peer, RecentTotals totals, ToLongFunction<SocketTotals> figure) {
        // Meters refer to their source weakly; the peer lives as long as the application, the totals only in this
        // function.
        return FunctionCounter.builder(meter.getName(), peer, source -> figure.applyAsLong(totals.get()))
                .tag(MeterTag.PEER.asString(), peer.name());
    }
}
