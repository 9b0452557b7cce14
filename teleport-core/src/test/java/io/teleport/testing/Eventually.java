package io.teleport.testing;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What is there in a moment: one side of a connection may know of it before the other does. */
public final class Eventually {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Eventually() {}

    /** Looks until there is something. */
    public static <T> T present(Supplier<Optional<T>> wanted) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            Optional<T> found = wanted.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Nothing came");
            }
            Thread.onSpinWait();
        }
    }
}
