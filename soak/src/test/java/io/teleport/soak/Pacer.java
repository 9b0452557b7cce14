package io.teleport.soak;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Does something at a fixed rate, on a thread of its own; what was late is made up for, and told when it was due. */
final class Pacer {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Thread thread;

    private final Consumer<String> complaints;

    private volatile boolean stopped;

    /**
     * @param action takes the moment at which it was due
     * @param complaints hears of each time the action fails
     */
    Pacer(String name, double perSecond, LongConsumer action, Consumer<String> complaints) {
        this.complaints = complaints;
        long interval = (long) (1e9 / perSecond);
        thread = new Thread(() -> run(interval, action), "soak-" + name);
        thread.start();
    }

    private void run(long interval, LongConsumer action) {
        long due = System.nanoTime();
        while (!stopped) {
            while (!stopped && due - System.nanoTime() <= 0) {
                act(action, due);
                due += interval;
            }
            LockSupport.parkNanos(Math.min(TICK_NANOS, interval));
        }
    }

    private void act(LongConsumer action, long due) {
        try {
            action.accept(due);
        } catch (RuntimeException e) {
            // What was to happen did not: without it the account proves less than it says.
            complaints.accept(thread.getName() + " failed: " + e);
        }
    }

    void stop() throws InterruptedException {
        if (!thread.isAlive()) {
            complaints.accept(thread.getName() + " ended by itself");
        }
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
