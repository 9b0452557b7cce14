package io.teleport.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls of one connection that wait for a reply, by sequence number. Thread-safe. */
final class PendingCalls {

    private final ConcurrentHashMap<Integer, PendingCall> bySequence = new ConcurrentHashMap<>();

    /** False if another call already waits under this number, which takes a full round of all 32-bit numbers. */
    boolean add(PendingCall call) {
        return bySequence.putIfAbsent(call.sequence(), call) == null;
    }

    /** Takes out the call with this number; whoever gets it brings its outcome. */
    @Nullable
    PendingCall remove(int sequence) {
        return bySequence.remove(sequence);
    }

    /** Takes out exactly this call. */
    boolean remove(PendingCall call) {
        return bySequence.remove(call.sequence(), call);
    }

    /** Takes out all calls there are and hands each to the action. */
    void drain(Consumer<PendingCall> action) {
        List<PendingCall> all = new ArrayList<>(bySequence.values());
        for (PendingCall call : all) {
            if (remove(call)) {
                action.accept(call);
            }
        }
    }

    /**
     * Takes out the calls whose deadline has passed and hands each to the action.
     *
     * @return the earliest deadline among the others, {@link Long#MAX_VALUE} if there are none; on the scale of {@code now}
     */
    long expire(long now, Consumer<PendingCall> action) {
        long soonest = Long.MAX_VALUE;
        for (PendingCall call : bySequence.values()) {
            long left = call.deadlineNanos() - now;
            if (left > 0) {
                soonest = Math.min(soonest, left);
            } else if (remove(call)) {
                action.accept(call);
            }
        }
        return soonest == Long.MAX_VALUE ? Long.MAX_VALUE : soonest;
    }

    int size() {
        return bySequence.size();
    }
}
