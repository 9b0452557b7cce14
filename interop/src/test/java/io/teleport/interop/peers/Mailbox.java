package io.teleport.interop.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What has happened and nobody has asked for yet. Thread-safe. */
final class Mailbox<T> {

    /** Generous: it is only ever reached by a test that fails. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final int SHOWN = 20;

    private final List<T> waiting = new ArrayList<>();

    private @Nullable String ended;

    synchronized void add(T item) {
        waiting.add(item);
        notifyAll();
    }

    /** Nothing more will come. */
    synchronized void end(String reason) {
        ended = reason;
        notifyAll();
    }

    /**
     * Takes out the first item that is wanted, waiting for it; the others stay.
     *
     * @throws AssertionError if it does not come
     */
    synchronized T await(String what, Predicate<? super T> wanted) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        T found = take(wanted);
        while (found == null) {
            long left = deadline - System.nanoTime();
            if (ended != null || left <= 0) {
                throw new AssertionError("No " + what + " " + (ended != null ? "before " + ended : "within " + LIMIT)
                        + "; unclaimed: " + waiting.stream().limit(SHOWN).toList());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for " + what, e);
            }
            found = take(wanted);
        }
        return found;
    }

    /** Takes out all that are wanted and have come, without waiting. */
    synchronized List<T> takeAll(Predicate<? super T> wanted) {
        List<T> taken = waiting.stream().filter(wanted).toList();
        waiting.removeAll(taken);
        return taken;
    }

    private @Nullable T take(Predicate<? super T> wanted) {
        for (Iterator<T> items = waiting.iterator(); items.hasNext(); ) {
            T item = items.next();
            if (wanted.test(item)) {
                items.remove();
                return item;
            }
        }
        return null;
    }
}
