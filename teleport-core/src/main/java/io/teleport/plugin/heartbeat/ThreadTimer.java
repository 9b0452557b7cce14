package io.teleport.plugin.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The real time, and one thread, which is there once something is scheduled. */
final class ThreadTimer implements BeatTimer {

    private final ScheduledThreadPoolExecutor thread;

    ThreadTimer(String peer) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "teleport-" + peer + "-heartbeat");
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            Future<?> scheduled = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            // The peer is closed: there is nobody left whose heart could beat.
            return () -> {};
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
