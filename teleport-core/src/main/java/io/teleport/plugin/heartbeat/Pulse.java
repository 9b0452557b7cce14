package io.teleport.plugin.heartbeat;

import io.teleport.session.Session;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What is known of the life of one session; kept among its attributes. Thread-safe. */
final class Pulse {

    private static final String KEY = Pulse.class.getName();

    private static final long UNKNOWN = 0;

    /** Last call or push that came or went, in nanoseconds of the timer. */
    private volatile long lastTraffic;

    /** Rate that the other side has announced, in nanoseconds. */
    private volatile long announcedRate = UNKNOWN;

    /** Whether a ping has no outcome yet. */
    private final AtomicBoolean pinging = new AtomicBoolean();

    private final BeatTimer timer;

    private Pulse(BeatTimer timer) {
        this.timer = timer;
        this.lastTraffic = timer.nanoTime();
    }

    /** Null if nobody has looked at the session yet. */
    static @Nullable Pulse of(Session session) {
        return (Pulse) session.attributes().get(KEY);
    }

    /** That of the session; a new one begins now. */
    static Pulse of(Session session, BeatTimer timer) {
        Pulse present = of(session);
        return present != null ? present : (Pulse) session.attributes().computeIfAbsent(KEY, key -> new Pulse(timer));
    }

    void traffic() {
        lastTraffic = timer.nanoTime();
    }

    /** Nanoseconds since the last call or push. */
    long silence() {
        return timer.nanoTime() - lastTraffic;
    }

    boolean isWatched() {
        return announcedRate != UNKNOWN;
    }

    void announced(long rateNanos) {
        announcedRate = rateNanos;
    }

    long announcedRate() {
        return announcedRate;
    }

    /** Whether a ping may go out; none may before the outcome of this one. */
    boolean beginPing() {
        return pinging.compareAndSet(false, true);
    }

    void endPing() {
        pinging.set(false);
    }
}
