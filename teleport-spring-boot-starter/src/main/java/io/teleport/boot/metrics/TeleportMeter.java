package io.teleport.boot.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import java.util.List;
import java.util.Locale;

/** The meters of Teleport. */
enum TeleportMeter implements MeterDocumentation {
    /** Sockets that are open now. */
    SOCKETS_OPEN("teleport.sockets.open", Meter.Type.GAUGE, MeterTag.PEER),
    /** Sockets that were closed. */
    SOCKETS_CLOSED("teleport.sockets.closed", Meter.Type.COUNTER, MeterTag.PEER, MeterTag.REASON),
    /** Whole messages that were received, or that the network took. */
    MESSAGES("teleport.messages", Meter.Type.COUNTER, MeterTag.PEER, MeterTag.DIRECTION),
    /** Pushes that were accepted, and dropped to make room for others. */
    MESSAGES_DROPPED("teleport.messages.dropped", Meter.Type.COUNTER, MeterTag.PEER),
    /** Bytes that were received, or that the network took. */
    BYTES("teleport.bytes", Meter.Type.COUNTER, MeterTag.PEER, MeterTag.DIRECTION),
    /** Calls of other peers, from their arrival to our reply. */
    CALLS_HANDLED("teleport.calls.handled", Meter.Type.TIMER, MeterTag.PEER, MeterTag.ROUTE, MeterTag.OUTCOME),
    /** Calls of ours, to their outcome. */
    CALLS_ISSUED("teleport.calls.issued", Meter.Type.TIMER, MeterTag.PEER, MeterTag.ROUTE, MeterTag.OUTCOME),
    /** Pushes of other peers, from their arrival to the end of their handler. */
    PUSHES_HANDLED("teleport.pushes.handled", Meter.Type.TIMER, MeterTag.PEER, MeterTag.ROUTE, MeterTag.OUTCOME),
    /** Pushes of ours, until they are accepted for sending. */
    PUSHES_ISSUED("teleport.pushes.issued", Meter.Type.TIMER, MeterTag.PEER, MeterTag.ROUTE, MeterTag.OUTCOME);

    private final String meterName;

    private final Meter.Type type;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<MeterTag> keys;

    TeleportMeter(String meterName, Meter.Type type, MeterTag... keys) {
        this.meterName = meterName;
        this.type = type;
        this.keys = List.of(keys);
    }

    @Override
    public String getName() {
        return meterName;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }

    @Override
    public KeyName[] getKeyNames() {
        return keys.toArray(KeyName[]::new);
    }

    /** Tags of the meters. All have few values. */
    enum MeterTag implements KeyName {
        /** Name of the peer. */
        PEER,
        /** {@link io.teleport.socket.CloseReason}. */
        REASON,
        /** {@code in} or {@code out}. */
        DIRECTION,
        /** Path of the route; {@code UNKNOWN} where there was none. */
        ROUTE,
        /** Code of the status, 0 for success. */
        OUTCOME;

        @Override
        public String asString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
