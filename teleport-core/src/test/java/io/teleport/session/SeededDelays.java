package io.teleport.session;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/** Delays between redials whose chance is somebody else's. */
public final class SeededDelays {

    private SeededDelays() {}

    /** As {@link RedialDelay#exponential}. */
    public static RedialDelay exponential(Duration first, Duration longest, LongUnaryOperator jitter) {
        return new RedialDelay(first, longest, false, jitter);
    }
}
