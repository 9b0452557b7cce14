package io.teleport.router;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Invocations of one connection, begun one after another. Thread-safe. */
final class SerialQueue {

    private final ConcurrentLinkedQueue<Invocation> waiting = new ConcurrentLinkedQueue<>();

    /** Invocations that are queued or running. */
    private final AtomicInteger unfinished = new AtomicInteger();

    /** Starts that are due; whoever makes the first one due does them all. */
    private final AtomicInteger starts = new AtomicInteger();

    private final Consumer<Invocation> starter;

    SerialQueue(Consumer<Invocation> starter) {
        this.starter = starter;
    }

    void submit(Invocation invocation) {
        invocation.whenEnded(this::finished);
        waiting.add(invocation);
        if (unfinished.getAndIncrement() == 0) {
            startNext();
        }
    }

    /** The one that was started has ended. */
    private void finished() {
        if (unfinished.decrementAndGet() > 0) {
            startNext();
        }
    }

    /**
     * An invocation may end while it is being started, as when the executor refuses it. The next one is then started by this loop, not from within:
     * thousands may wait, and the stack is not that deep.
     */
    private void startNext() {
        if (starts.getAndIncrement() > 0) {
            return;
        }
        do {
            @Nullable Invocation next = waiting.poll();
            if (next != null) {
                starter.accept(next);
            }
        } while (starts.decrementAndGet() > 0);
    }
}
