package io.teleport.testing;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What will be so in a moment: one side of a connection may know of it before the other does. Fails after a minute. */
public final class Eventually {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Eventually() {}

    /**
     * Looks until the condition holds.
     *
     * @param what what is waited for, as a failure says it
     */
    public static void holds(String what, BooleanSupplier condition) {
        present(what, () -> condition.getAsBoolean() ? Optional.of(what) : Optional.empty());
    }

    /** Looks until there is something. */
    public static <T> T present(String what, Supplier<Optional<T>> wanted) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            Optional<T> found = wanted.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Waited in vain: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
