package io.teleport.plugin.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so; tasks run on the thread of the test. */
final class ManualTimer implements BeatTimer {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::due));

    private long now;

    volatile boolean closed;

    private record Task(long due, Runnable action) {}

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanoTime());
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable action) {
        Task task = new Task(now + delay.toNanos(), action);
        tasks.add(task);
        return () -> remove(task);
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }

    @Override
    public void close() {
        closed = true;
    }

    void pass(Duration time) {
        long until = nanoTime() + time.toNanos();
        for (Task next = next(until); next != null; next = next(until)) {
            next.action().run();
        }
    }

    void passSeconds(int seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    private synchronized Task next(long until) {
        Task first = tasks.peek();
        if (first == null || first.due() > until) {
            now = until;
            return null;
        }
        now = first.due();
        return tasks.remove();
    }
}
