package io.teleport.plugin.heartbeat;

import java.time.Duration;

/** When and how heartbeats are sent. */
record PingPlan(Duration rate, PingMode mode) {

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

    /** How long a call may take. */
    Duration patience() {
        return rate.multipliedBy(2);
    }

    @Override
    public String toString() {
        return mode + " every " + rate;
    }
}
