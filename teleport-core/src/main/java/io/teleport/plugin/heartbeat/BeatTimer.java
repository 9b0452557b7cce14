package io.teleport.plugin.heartbeat;

import java.time.Duration;
import java.time.Instant;

/** Time, as the heartbeats of one peer see it. Thread-safe. */
interface BeatTimer {

    /** A clock that only goes forward, its origin unknown. */
    long nanoTime();

    /** What people's clocks show. */
    Instant now();

    /** Runs the task once; later ones wait for those that run. */
    Cancellable schedule(Duration delay, Runnable task);

    /** Nothing runs any more. */
    void close();

    /** A task that has yet to run. */
    @FunctionalInterface
    interface Cancellable {

        void cancel();
    }
}
