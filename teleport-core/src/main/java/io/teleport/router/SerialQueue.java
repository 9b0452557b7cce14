package io.teleport.router;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tasks begun one after another, each when the one before has said that it ended. Bounded by who submits. Thread-safe. */
final class SerialQueue {

    /** Each gets what it must run once, when it has ended. */
    private final ConcurrentLinkedQueue<Consumer<Runnable>> waiting = new ConcurrentLinkedQueue<>();

    /** Tasks that are queued or running. */
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Starts that are due; whoever makes the first one due does them all. */
    private final AtomicInteger starts = new AtomicInteger();

    private final @Nullable Runnable whenIdle;

    private final Runnable finished = this::finished;

    /** @param whenIdle runs whenever the last task has ended; null for nothing */
    SerialQueue(@Nullable Runnable whenIdle) {
        this.whenIdle = whenIdle;
    }

    void submit(Consumer<Runnable> task) {
        if (enter(task)) {
            startNext();
        }
    }

    /** Queues a task. If it is the only one, the caller has to call {@link #startNext()}. */
    boolean enter(Consumer<Runnable> task) {
        waiting.add(task);
        return unfinished.getAndIncrement() == 0;
    }

    boolean isIdle() {
        return unfinished.get() == 0;
    }

    private void finished() {
        if (unfinished.decrementAndGet() > 0) {
            startNext();
        } else if (whenIdle != null) {
            whenIdle.run();
        }
    }

    /**
     * A task may end while it is being started, as when the executor refuses it. The next one is then started by this loop, not from within:
     * thousands may wait, and the stack is not that deep.
     */
    void startNext() {
        if (starts.getAndIncrement() > 0) {
            return;
        }
        do {
            @Nullable Consumer<Runnable> next = waiting.poll();
            if (next != null) {
                next.accept(finished);
            }
        } while (starts.decrementAndGet() > 0);
    }
}
