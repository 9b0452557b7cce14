package io.teleport.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a session may live. The time runs from the beginning of reading on a connection, and anew from each change; traffic does not extend it.
 * Thread-safe.
 */
final class SessionAge {

    /** So long that nobody waits for it, and short enough to be added to a moment in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Told on the event loop which age has passed; at most once for each connection. */
    @FunctionalInterface
    interface Passed {
        void passed(Duration age);
    }

    private final Passed passed;

    private Duration age = Duration.ZERO;

    /** Of the connection; null while none is read. */
    private @Nullable EventExecutor loop;

    private @Nullable Future<?> timer;

    /** When the age passes, by the clock of the event loop; means something only while there is a timer. */
    private long endNanos;

    SessionAge(Passed passed) {
        this.passed = passed;
    }

    /** @throws IllegalArgumentException if it is negative */
    static Duration checked(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("Session age " + age + " (expected zero, for none, or more)");
        }
        return age.compareTo(LONGEST) < 0 ? age : LONGEST;
    }

    synchronized Duration age() {
        return age;
    }

    /** Zero is for ever. */
    synchronized void age(Duration newAge) {
        age = checked(newAge);
        restart();
    }

    /** What is left of it; empty if there is no end, or nothing is read. */
    synchronized Optional<Duration> remaining() {
        if (timer == null || loop == null) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Math.max(0, endNanos - loop.ticker().nanoTime())));
    }

    /** Reading has begun on a connection. */
    synchronized void begin(EventExecutor ofConnection) {
        loop = ofConnection;
        restart();
    }

    /** The connection is gone. */
    synchronized void end() {
        loop = null;
        restart();
    }

    private void restart() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        EventExecutor current = loop;
        if (current == null || age.isZero()) {
            return;
        }
        long nanos = age.toNanos();
        endNanos = current.ticker().nanoTime() + nanos;
        try {
            Duration limit = age;
            timer = current.schedule(() -> passed.passed(limit), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The event loop has ended and with it the connection.
            loop = null;
        }
    }
}
