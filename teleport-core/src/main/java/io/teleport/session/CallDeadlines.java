package io.teleport.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Times calls out: one timer for a connection, set for the earliest deadline. Calls with equal timeouts, the usual case, set no timer but the
 * first, since each later deadline is behind the one already set. Thread-safe.
 */
final class CallDeadlines {

    private static final long NOT_SET = Long.MAX_VALUE;

    private final EventExecutor loop;

    private final Expiry expiry;

    private final long origin = System.nanoTime();

    /** When the earliest timer fires, in nanoseconds since {@link #origin}. */
    private final AtomicLong next = new AtomicLong(NOT_SET);

    /** Only to be cancelled early; an older timer that still runs finds nothing to do. */
    private volatile @Nullable Future<?> latest;

    private volatile boolean stopped;

    /** Expires what is due at {@code now} and tells how long the next deadline is away. */
    @FunctionalInterface
    interface Expiry {
        long expire(long now);
    }

    CallDeadlines(EventExecutor loop, Expiry expiry) {
        this.loop = loop;
        this.expiry = expiry;
    }

    /** Makes sure that a timer fires no later than this deadline. */
    void watch(long deadlineNanos) {
        set(deadlineNanos - origin);
    }

    private void set(long due) {
        long current = next.get();
        while (due < current) {
            if (next.compareAndSet(current, due)) {
                schedule(due);
                return;
            }
            current = next.get();
        }
    }

    private void schedule(long due) {
        long delay = Math.max(0, due - (System.nanoTime() - origin));
        try {
            Future<?> timer = loop.schedule(() -> fire(due), delay, TimeUnit.NANOSECONDS);
            latest = timer;
            if (stopped) {
                timer.cancel(false);
            }
        } catch (RejectedExecutionException e) {
            // The event loop has ended and with it the connection: its end completes all calls.
            next.set(NOT_SET);
        }
    }

    /** The connection is gone: its timer must not keep hold of it any longer. */
    void stop() {
        stopped = true;
        Future<?> timer = latest;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void fire(long due) {
        if (!next.compareAndSet(due, NOT_SET)) {
            // An earlier timer was set meanwhile and looks after all deadlines.
            return;
        }
        long left = expiry.expire(System.nanoTime());
        if (left != Long.MAX_VALUE) {
            set(System.nanoTime() - origin + left);
        }
    }
}
