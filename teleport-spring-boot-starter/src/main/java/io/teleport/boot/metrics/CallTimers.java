package io.teleport.boot.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.teleport.boot.metrics.TeleportMeter.MeterTag;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.session.CallObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Times the calls and pushes of one peer. The number of timers is limited, whatever names and codes applications and other peers come up with: routes
 * nobody has share one value, and beyond {@value #LIMIT} timers all further ones share one.
 */
final class CallTimers implements CallObserver {

    /** Timers of one peer at the most, not counting those for the rest. */
    static final int LIMIT = 2_000;

    static final String UNKNOWN = "UNKNOWN";

    static final String OTHER = "OTHER";

    private final MeterRegistry registry;

    private final String peer;

    private final Map<TimerId, Timer> timers = new ConcurrentHashMap<>();

    CallTimers(MeterRegistry registry, String peer) {
        this.registry = registry;
        this.peer = peer;
    }

    private record TimerId(TeleportMeter meter, String route, int code) {}

    @Override
    public void issued(MessageType type, String serviceMethod, Status status, long nanos) {
        TeleportMeter meter = type == MessageType.PUSH ? TeleportMeter.PUSHES_ISSUED : TeleportMeter.CALLS_ISSUED;
        record(meter, status.code() == StatusCode.NOT_FOUND ? UNKNOWN : serviceMethod, status, nanos);
    }

    @Override
    public void handled(MessageType type, String route, Status status, long nanos) {
        TeleportMeter meter = type == MessageType.PUSH ? TeleportMeter.PUSHES_HANDLED : TeleportMeter.CALLS_HANDLED;
        record(meter, route.isEmpty() ? UNKNOWN : route, status, nanos);
    }

    private void record(TeleportMeter meter, String route, Status status, long nanos) {
        TimerId id = new TimerId(meter, route, status.code());
        Timer timer = timers.get(id);
        if (timer == null) {
            timer = timers.size() < LIMIT ? timers.computeIfAbsent(id, this::timer) : timer(meter, OTHER, OTHER);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(TimerId id) {
        return timer(id.meter(), id.route(), Integer.toString(id.code()));
    }

    private Timer timer(TeleportMeter meter, String route, String outcome) {
        return Timer.builder(meter.getName())
                .tag(MeterTag.PEER.asString(), peer)
                .tag(MeterTag.ROUTE.asString(), route)
                .tag(MeterTag.OUTCOME.asString(), outcome)
                .register(registry);
    }
}
