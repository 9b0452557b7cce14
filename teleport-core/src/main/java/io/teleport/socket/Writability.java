package io.teleport.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether writers should go on: not from the moment three quarters of the queue's limit wait until no more than one quarter does. The gap keeps
 * writers from being stopped and started at every frame. Thread-safe.
 */
final class Writability {

    private final LongSupplier waiting;

    private final long high;

    private final long low;

    private volatile boolean writable = true;

    private boolean ended;

    private List<Runnable> callbacks = new ArrayList<>(0);

    /** @param waiting bytes that wait now */
    Writability(long limit, LongSupplier waiting) {
        this.waiting = waiting;
        this.high = Math.max(1, limit - limit / 4);
        this.low = Math.min(limit / 4, high - 1);
    }

    boolean isWritable() {
        return writable;
    }

    /** Bytes were added or given back; so many wait now. */
    void changed(long now) {
        if (isDue(now)) {
            settle();
        }
    }

    private boolean isDue(long now) {
        return writable ? now >= high : now <= low;
    }

    private void settle() {
        List<Runnable> due = List.of();
        synchronized (this) {
            // Looks again after a change: others who added or gave back meanwhile may have seen the state before it.
            while (isDue(waiting.getAsLong())) {
                writable = !writable;
            }
            if (writable && !callbacks.isEmpty()) {
                due = callbacks;
                callbacks = new ArrayList<>(0);
            }
        }
        due.forEach(Runnable::run);
    }

    /** Runs the callback once: at once if writers may go on, else when they may, or the connection is gone. */
    void whenWritable(Runnable callback) {
        synchronized (this) {
            if (!writable && !ended) {
                callbacks.add(callback);
                return;
            }
        }
        callback.run();
    }

    /** The connection is gone. */
    void end() {
        List<Runnable> due;
        synchronized (this) {
            ended = true;
            due = callbacks;
            callbacks = new ArrayList<>(0);
        }
        due.forEach(Runnable::run);
    }
}
