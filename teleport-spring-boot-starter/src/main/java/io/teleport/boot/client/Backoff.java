package io.teleport.boot.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before dialing again: exponential with full jitter, so that the clients of a restarted server do not come back together.
 *
 * @param first upper bound of the first delay; doubled for each further one
 * @param longest upper bound of any delay
 * @param jitter gives a random number from 0 to its argument, both included
 */
record Backoff(Duration first, Duration longest, LongUnaryOperator jitter) {

    /** 100 ms to 10 s. */
    static Backoff standard() {
        return new Backoff(
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                bound -> ThreadLocalRandom.current().nextLong(bound + 1));
    }

    /** @param attempt how many attempts failed before, 0 for the first delay */
    Duration delay(int attempt) {
        long bound = longest.toMillis();
        if (attempt < Long.SIZE) {
            long doubled = first.toMillis() << attempt;
            // Shifted beyond its bits the number is no longer what it was doubled from.
            bound = doubled >> attempt == first.toMillis() ? Math.min(bound, doubled) : bound;
        }
        return Duration.ofMillis(jitter.applyAsLong(bound));
    }
}
