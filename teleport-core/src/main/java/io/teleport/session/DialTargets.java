package io.teleport.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The addresses behind which one remote peer is found, and which of them failed lately. One that failed is put aside for a while: it is tried last.
 * Thread-safe.
 */
final class DialTargets {

    private final List<String> addresses;

    private final boolean random;

    private final RandomGenerator numbers;

    private final long asideNanos;

    private final LongSupplier clock;

    /** When each of those put aside comes back. */
    private final Map<String, Long> aside = new ConcurrentHashMap<>();

    /**
     * @param clock a nanosecond clock such as {@link System#nanoTime}
     * @param numbers the order of a round if it is random
     */
    DialTargets(
            List<String> addresses, boolean random, Duration asideTime, LongSupplier clock, RandomGenerator numbers) {
        this.addresses = List.copyOf(addresses);
        this.random = random;
        this.asideNanos = asideTime.toNanos();
        this.clock = clock;
        this.numbers = numbers;
    }

    /** All addresses in the order in which the next round tries them. */
    List<String> round() {
        long now = clock.getAsLong();
        List<String> order = new ArrayList<>(addresses);
        if (random) {
            for (int i = order.size() - 1; i > 0; i--) {
                Collections.swap(order, i, numbers.nextInt(i + 1));
            }
        }
        // Stable: those that are not put aside keep their order.
        order.sort(Comparator.comparingLong(address -> asideFor(address, now)));
        return order;
    }

    private long asideFor(String address, long now) {
        Long until = aside.get(address);
        return until == null ? 0 : Math.max(0, until - now);
    }

    boolean isSingle() {
        return addresses.size() == 1;
    }

    void failed(String address) {
        aside.put(address, clock.getAsLong() + asideNanos);
    }

    void succeeded(String address) {
        aside.remove(address);
    }

    @Override
    public String toString() {
        return addresses.toString();
    }
}
