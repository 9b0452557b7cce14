package io.teleport.router;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One {@link SerialQueue} for each key that has tasks; there are never more of them than tasks. Thread-safe. */
final class KeyedQueues {

    private final ConcurrentHashMap<Object, SerialQueue> byKey = new ConcurrentHashMap<>();

    void submit(Object key, Consumer<Runnable> task) {
        boolean[] first = new boolean[1];
        SerialQueue queue = byKey.compute(key, (same, present) -> {
            SerialQueue entered = present == null ? new SerialQueue(() -> forgetIfIdle(key)) : present;
            first[0] = entered.enter(task);
            return entered;
        });
        if (first[0]) {
            // Not within compute: the task may end at once, and come back to this map.
            queue.startNext();
        }
    }

    private void forgetIfIdle(Object key) {
        // Another task may have been entered meanwhile.
        byKey.computeIfPresent(key, (same, queue) -> queue.isIdle() ? null : queue);
    }

    int size() {
        return byKey.size();
    }
}
