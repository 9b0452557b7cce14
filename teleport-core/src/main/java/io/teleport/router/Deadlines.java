package io.teleport.router;

import io.teleport.session.Inbound;
import io.teleport.session.IncomingMessage;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** When the handling of a message has to end. */
final class Deadlines {

    /** A hundred years: longer waits are as good as none, and their sum with any moment still fits. */
    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(36_500);

    private Deadlines() {}

    /** Sets the deadline that a CALL brought with it, if it did. Counted from its arrival. */
    static void ofCaller(Inbound inbound, Invocation invocation) {
        OptionalLong millis = inbound.message().metadata().getUnsignedInt(IncomingMessage.TIMEOUT);
        if (millis.isPresent() && Dispatcher.isCall(inbound)) {
            long limit = Math.min(millis.getAsLong(), LONGEST_MILLIS);
            invocation.cancellation().endAt(inbound.arrivedNanos() + TimeUnit.MILLISECONDS.toNanos(limit));
        }
    }

    /** Sets the deadlines that the peer and the session have, if they do. Counted from now, where handling starts. */
    static void ofPeer(Inbound inbound, Duration contextAge, Invocation invocation) {
        if (!contextAge.isZero()) {
            invocation.cancellation().endAt(inbound.nanoTime() + contextAge.toNanos());
        }
        inbound.message()
                .session()
                .remainingAge()
                .ifPresent(left -> invocation.cancellation().endAt(inbound.nanoTime() + left.toNanos()));
    }
}
