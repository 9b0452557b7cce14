package io.teleport.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls and pushes that wait for a connection, in their order. Thread-safe. */
final class HeldRequests {

    private final Set<HeldRequest> held = new LinkedHashSet<>();

    /** False if there are so many already. */
    synchronized boolean add(HeldRequest request, int limit) {
        return held.size() < limit && held.add(request);
    }

    /** Takes back one that was taken out to be sent and could not be: nobody has got before it. */
    synchronized void putBack(HeldRequest request) {
        List<HeldRequest> others = List.copyOf(held);
        held.clear();
        held.add(request);
        held.addAll(others);
    }

    synchronized boolean remove(HeldRequest request) {
        return held.remove(request);
    }

    /** Takes out the one that has waited longest. */
    synchronized @Nullable HeldRequest poll() {
        Iterator<HeldRequest> all = held.iterator();
        if (!all.hasNext()) {
            return null;
        }
        HeldRequest first = all.next();
        all.remove();
        return first;
    }

    /** Takes out all. */
    synchronized List<HeldRequest> drain() {
        List<HeldRequest> all = List.copyOf(held);
        held.clear();
        return all;
    }

    /**
     * Takes out those that have waited long enough and hands each to the action.
     *
     * @return how long the next of the others may still wait, {@link Long#MAX_VALUE} if there are none
     */
    long expire(long now, Consumer<HeldRequest> action) {
        long soonest = Long.MAX_VALUE;
        List<HeldRequest> due = new ArrayList<>();
        synchronized (this) {
            for (HeldRequest request : held) {
                long left = request.deadlineNanos() - now;
                if (left > 0) {
                    soonest = Math.min(soonest, left);
                } else {
                    due.add(request);
                }
            }
            due.forEach(held::remove);
        }
        due.forEach(action);
        return soonest;
    }

    synchronized int size() {
        return held.size();
    }
}
