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

    private final Consumer<Invocation> starter;

    SerialQueue(Consumer<Invocation> starter) {
        this.starter = starter;
    }

    void submit(Invocation invocation) {
        waiting.add(invocation);
        if (unfinished.getAndIncrement() == 0) {
            startNext();
        }
    }

    /** The one that was started has ended. */
    void finished() {
        if (unfinished.decrementAndGet() > 0) {
            startNext();
        }
    }

    private void startNext() {
        @Nullable Invocation next = waiting.poll();
        if (next != null) {
            starter.accept(next);
        }
    }
}
