package io.teleport.boot.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.teleport.boot.PeerCustomizer;
import io.teleport.peer.PeerBuilder;

/** Adds timers of calls and pushes, {@code teleport.calls.*} and {@code teleport.pushes.*}, to every peer. */
public final class CallMetrics implements PeerCustomizer {

    private final MeterRegistry registry;

    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void customize(String peerName, PeerBuilder builder) {
        builder.observer(new CallTimers(registry, peerName));
    }
}
