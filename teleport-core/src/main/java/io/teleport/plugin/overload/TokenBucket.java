package io.teleport.plugin.overload;

import java.util.function.LongSupplier;

/**
 * Lets so many through in a second. Starts full, and holds as many tokens as come in a second. Exact: a token is 10<sup>9</sup> parts, and each nanosecond
 * brings as many parts as there are tokens a second, so nothing is ever rounded. Thread-safe.
 */
final class TokenBucket {

    private static final long SECOND = 1_000_000_000L;

    private final int perSecond;

    private final LongSupplier clock;

    private long parts;

    private long filledAt;

    /** @param clock nanoseconds that only grow */
    TokenBucket(int perSecond, LongSupplier clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.parts = perSecond * SECOND;
        this.filledAt = clock.getAsLong();
    }

    int perSecond() {
        return perSecond;
    }

    synchronized boolean take() {
        fill();
        if (parts < SECOND) {
            return false;
        }
        parts -= SECOND;
        return true;
    }

    private void fill() {
        long now = clock.getAsLong();
        // A second fills it, however long it really was; more would overflow.
        long elapsed = Math.min(Math.max(0, now - filledAt), SECOND);
        parts = Math.min(parts + elapsed * perSecond, perSecond * SECOND);
        filledAt = now;
    }
}
