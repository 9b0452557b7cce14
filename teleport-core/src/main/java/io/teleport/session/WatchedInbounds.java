package io.teleport.session;

import io.netty.util.concurrent.EventExecutor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls and pushes of one connection whose handlers want to know of their deadline or of the connection's end, with one timer for all. Costs
 * nothing for those who do not ask. Bounded by the limit of handlers for a session. Thread-safe.
 */
final class WatchedInbounds {

    private final Set<Inbound> watched = ConcurrentHashMap.newKeySet();

    private final CallDeadlines deadlines;

    private volatile boolean ended;

    WatchedInbounds(EventExecutor loop) {
        this.deadlines = new CallDeadlines(loop, this::expire);
    }

    /** Watches one, or watches it for another deadline. */
    void add(Inbound inbound) {
        watched.add(inbound);
        if (ended) {
            tellOfEnd(inbound);
        } else if (inbound.deadlineNanos() != Inbound.NO_DEADLINE) {
            deadlines.watch(inbound.deadlineNanos());
        }
        if (inbound.isDone()) {
            // It ended while it was entered; nobody else would take it out.
            watched.remove(inbound);
        }
    }

    void remove(Inbound inbound) {
        watched.remove(inbound);
    }

    /** The connection that all came from is gone. */
    void end() {
        ended = true;
        deadlines.stop();
        watched.forEach(this::tellOfEnd);
    }

    boolean isEnded() {
        return ended;
    }

    private void tellOfEnd(Inbound inbound) {
        if (take(inbound)) {
            inbound.watcher().connectionEnded();
        }
    }

    /** Whoever takes it out tells it. */
    private boolean take(Inbound inbound) {
        return watched.remove(inbound);
    }

    private long expire(long now) {
        long soonest = Long.MAX_VALUE;
        for (Inbound inbound : watched) {
            long deadline = inbound.deadlineNanos();
            if (deadline == Inbound.NO_DEADLINE) {
                continue;
            }
            long left = deadline - now;
            if (left > 0) {
                soonest = Math.min(soonest, left);
            } else if (take(inbound)) {
                inbound.watcher().deadlinePassed();
            }
        }
        return soonest;
    }
}
