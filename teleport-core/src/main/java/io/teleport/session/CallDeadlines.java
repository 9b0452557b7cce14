package io.teleport.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.teleport.transport.LoopTime;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times calls out: one timer for a connection, set for the earliest deadline. Calls with equal timeouts, the usual case, set no timer but the
 * first, since each later deadline is behind the one already set. Thread-safe.
 */
final class CallDeadlines {

    private static final long NOT_SET = Long.MAX_VALUE;

    private final EventExecutor loop;

    private final Expiry expiry;

    private final long origin;

    /** When the timer fires, in nanoseconds since {@link #origin}. Changed under the lock together with the timer. */
    private volatile long next = NOT_SET;

    /** The only timer that is set: one that is replaced by an earlier one is cancelled, or they would pile up. */
    private @Nullable Future<?> timer;

    private boolean stopped;

    /** Expires what is due at {@code now} and tells how long the next deadline is away. */
    @FunctionalInterface
    interface Expiry {
        long expire(long now);
    }

    CallDeadlines(EventExecutor loop, Expiry expiry) {
        this.loop = loop;
        this.origin = LoopTime.nanoTime(loop);
        this.expiry = expiry;
    }

    /** Makes sure that a timer fires no later than this deadline. */
    void watch(long deadlineNanos) {
        set(deadlineNanos - origin);
    }

    private void set(long due) {
        if (due < next) {
            replaceTimer(due);
        }
    }

    private synchronized void replaceTimer(long due) {
        if (stopped || due >= next) {
            return;
        }
        Future<?> later = timer;
        long delay = Math.max(0, due - (LoopTime.nanoTime(loop) - origin));
        try {
            timer = loop.schedule(() -> fire(due), delay, TimeUnit.NANOSECONDS);
            next = due;
        } catch (RejectedExecutionException e) {
            // The event loop has ended and with it the connection: its end completes all calls.
            return;
        }
        if (later != null) {
            later.cancel(false);
        }
    }

    /** The connection is gone: its timer must not keep hold of it any longer. */
    synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void fire(long due) {
        if (!fired(due)) {
            // An earlier timer was set meanwhile and looks after all deadlines.
            return;
        }
        long left = expiry.expire(LoopTime.nanoTime(loop));
        if (left != Long.MAX_VALUE) {
            set(LoopTime.nanoTime(loop) - origin + left);
        }
    }

    private synchronized boolean fired(long due) {
        if (next != due) {
            return false;
        }
        next = NOT_SET;
        timer = null;
        return true;
    }
}
