package io.teleport.soak;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Does something at a fixed rate, on a thread of its own; what was late is made up for, and told when it was due. */
final class Pacer {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Thread thread;

    private volatile boolean stopped;

    /** @param action takes the moment at which it was due */
    Pacer(String name, double perSecond, LongConsumer action) {
        long interval = (long) (1e9 / perSecond);
        thread = new Thread(() -> run(interval, action), "soak-" + name);
        thread.start();
    }

    private void run(long interval, LongConsumer action) {
        long due = System.nanoTime();
        while (!stopped) {
            while (!stopped && due - System.nanoTime() <= 0) {
                action.accept(due);
                due += interval;
            }
            LockSupport.parkNanos(Math.min(TICK_NANOS, interval));
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
