package io.teleport.peer;

import java.time.Duration;

/** Checks of single options; what depends on several is checked where they are put together. */
final class PeerOptionsCheck {

    /** A frame needs its size, its filters' number and a header. */
    private static final int SMALLEST_MESSAGE_LIMIT = 64;

    /** Milliseconds must fit an int: that is what a connect timeout is made of, and it is enough for the others. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private PeerOptionsCheck() {}

    static void check(PeerOptions options) {
        if (options.name().isBlank()) {
            throw new IllegalArgumentException("Option 'name' is blank (expected a name)");
        }
        atLeast("handlerThreads", options.handlerThreads(), 1);
        atLeast("handlerQueue", options.handlerQueue(), 1);
        atLeast("handlersPerSession", options.handlersPerSession(), 1);
        atLeast("eventLoopThreads", options.eventLoopThreads(), 1);
        atLeast("messageLimit", options.messageLimit(), SMALLEST_MESSAGE_LIMIT);
        atLeast("outboundLimit", options.outboundLimit(), 1);
        atLeast("pendingLimit", options.pendingLimit(), 1);
        atLeast("closedSocketHistory", options.closedSocketHistory(), 0);
        positive("handshakeTimeout", options.handshakeTimeout());
        positive("frameTimeout", options.frameTimeout());
        positive("dialTimeout", options.dialTimeout());
        positive("callTimeout", options.callTimeout());
        notNegative("sessionAge", options.sessionAge());
        upToLongest("contextAge", options.contextAge());
        upToLongest("closeTimeout", options.closeTimeout());
        notNegative("retryAfter", options.retryAfter());
    }

    private static void notNegative(String option, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("Option '" + option + "' is " + value + " (expected zero or more)");
        }
    }

    private static void atLeast(String option, long value, long lowest) {
        if (value < lowest) {
            throw new IllegalArgumentException(
                    "Option '" + option + "' is " + value + " (expected " + lowest + " or more)");
        }
    }

    private static void positive(String option, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Option '" + option + "' is " + value + " (expected more than zero, 24 days at the most)");
        }
    }

    private static void upToLongest(String option, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Option '" + option + "' is " + value + " (expected zero to 24 days)");
        }
    }
}
