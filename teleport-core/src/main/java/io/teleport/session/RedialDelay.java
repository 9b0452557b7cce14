package io.teleport.session;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/** How long to wait before dialing again. Immutable. */
public final class RedialDelay {

    private final Duration first;

    private final Duration longest;

    private final boolean fixed;

    /** Gives a random number from 0 to its argument, both included. */
    private final LongUnaryOperator jitter;

    RedialDelay(Duration first, Duration longest, boolean fixed, LongUnaryOperator jitter) {
        requirePositive("First delay", first);
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "Longest delay " + longest + " (expected no less than the first, " + first + ")");
        }
        this.first = first;
        this.longest = longest;
        this.fixed = fixed;
        this.jitter = jitter;
    }

    private static void requirePositive(String what, Duration delay) {
        if (delay.toMillis() <= 0) {
            throw new IllegalArgumentException(what + " " + delay + " (expected a millisecond or more)");
        }
    }

    /**
     * Exponential with full jitter, so that the clients of a restarted server do not come back together: a random time up to a bound that is doubled
     * after each failure.
     *
     * @param first the first bound
     * @param longest the last bound
     * @throws IllegalArgumentException if the first is below a millisecond, or the longest below the first
     */
    public static RedialDelay exponential(Duration first, Duration longest) {
        return new RedialDelay(
                first, longest, false, bound -> ThreadLocalRandom.current().nextLong(bound + 1));
    }

    /**
     * The same time each time, as in Go ({@code redial_interval}).
     *
     * @throws IllegalArgumentException if it is below a millisecond
     */
    public static RedialDelay fixed(Duration interval) {
        return new RedialDelay(interval, interval, true, bound -> bound);
    }

    /** Upper bound of any delay. */
    public Duration longest() {
        return longest;
    }

    /** Between the loss of a connection and the first attempt: clients that all lose it at once do not all come back at once. */
    Duration beforeFirst() {
        return fixed ? Duration.ZERO : after(0);
    }

    /** @param failures how many rounds of attempts failed before, 0 for the first delay */
    Duration after(int failures) {
        long bound = longest.toMillis();
        if (!fixed && failures < Long.SIZE) {
            long doubled = first.toMillis() << failures;
            // Shifted beyond its bits the number is no longer what it was doubled from.
            bound = doubled >> failures == first.toMillis() ? Math.min(bound, doubled) : bound;
        }
        return Duration.ofMillis(jitter.applyAsLong(bound));
    }

    @Override
    public String toString() {
        return fixed ? first.toString() : "up to " + first + ", doubled up to " + longest;
    }
}
