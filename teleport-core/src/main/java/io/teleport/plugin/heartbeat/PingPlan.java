package io.teleport.plugin.heartbeat;

import java.time.Duration;

/** When and how heartbeats are sent. */
record PingPlan(Duration rate, PingMode mode) {

    /** A tenth of the rate. */
    private static final int SLACK = 10;

    private static final Duration LONGEST_RATE = Duration.ofDays(1);

    PingPlan {
        if (rate.isZero()
                || rate.isNegative()
                || rate.compareTo(LONGEST_RATE) > 0
                || !rate.equals(Duration.ofSeconds(rate.toSeconds()))) {
            throw new IllegalArgumentException(
                    "Heartbeat rate " + rate + " (expected a whole number of seconds, a day at the most)");
        }
        if (rate.compareTo(HeartbeatPlugin.SHORTEST_RATE) < 0) {
            rate = HeartbeatPlugin.SHORTEST_RATE;
        }
    }

    String seconds() {
        return Long.toString(rate.toSeconds());
    }

    /**
     * How long a session is silent that needs a heartbeat: nearly the rate. A heartbeat goes out a moment after the look that found it due; the next look, one
     * rate later, would find that moment less than the rate, and heartbeats would come every other time, just when a pong gives up. Go's clock is coarse enough.
     */
    Duration silence() {
        return rate.minus(rate.dividedBy(SLACK));
    }

    /** How long a call may take. */
    Duration patience() {
        return rate.multipliedBy(2);
    }

    @Override
    public String toString() {
        return mode + " every " + rate;
    }
}
