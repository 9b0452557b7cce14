package io.teleport.testing;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;

/** Collects garbage and waits until the JVM has enqueued every reference to it. */
public final class GarbageCollection {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private GarbageCollection() {}

    /**
     * Returns when all objects that were unreachable at the call are on the queues of their weak references. The JVM
     * hands cleared references to its reference handler one batch per collection, in no order within a batch; so the
     * first probe shows that its batch was begun, the second, from a later batch, that the first one is done.
     */
    public static void complete() {
        awaitProbe();
        awaitProbe();
    }

    private static void awaitProbe() {
        var queue = new ReferenceQueue<Object>();
        var probe = new WeakReference<>(new Object(), queue);
        System.gc();
        try {
            if (queue.remove(LIMIT.toMillis()) == null) {
                throw new IllegalStateException(
                        "No garbage was collected within " + LIMIT + "; tests need explicit collection to work");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a garbage collection", e);
        } finally {
            Reference.reachabilityFence(probe); // a probe that is garbage itself is never enqueued
        }
    }
}
