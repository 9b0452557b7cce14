package io.teleport.peer;

import java.time.Duration;

/**
 * Limits of a {@link SessionPool}. Immutable; each method gives a copy.
 *
 * @param maxSessions sessions at the most; default {@value #MAX_SESSIONS}
 * @param idleTime how long a session may be without calls before it is closed, checked every half of it; default 3 min
 * @param busyCalls calls in flight from which on a session counts as busy; default {@value #BUSY_CALLS}
 */
public record PoolOptions(int maxSessions, Duration idleTime, int busyCalls) {

    public static final int MAX_SESSIONS = 64;

    public static final Duration IDLE_TIME = Duration.ofMinutes(3);

    public static final int BUSY_CALLS = 32;

    /** @throws IllegalArgumentException naming what was found and what was expected */
    public PoolOptions {
        if (maxSessions < 1) {
            throw new IllegalArgumentException("Option 'maxSessions' is " + maxSessions + " (expected 1 or more)");
        }
        if (idleTime.isNegative() || idleTime.isZero()) {
            throw new IllegalArgumentException("Option 'idleTime' is " + idleTime + " (expected more than zero)");
        }
        if (busyCalls < 1) {
            throw new IllegalArgumentException("Option 'busyCalls' is " + busyCalls + " (expected 1 or more)");
        }
    }

    public static PoolOptions defaults() {
        return new PoolOptions(MAX_SESSIONS, IDLE_TIME, BUSY_CALLS);
    }

    public PoolOptions maxSessions(int number) {
        return new PoolOptions(number, idleTime, busyCalls);
    }

    public PoolOptions idleTime(Duration time) {
        return new PoolOptions(maxSessions, time, busyCalls);
    }

    public PoolOptions busyCalls(int number) {
        return new PoolOptions(maxSessions, idleTime, number);
    }
}
