package io.teleport.sample.fleet;

import io.teleport.message.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Counts who is away, and when they come. Begins with all away, and again with the first loss after all were here. Thread-safe. */
final class Muster {

    private static final long SLICE_NANOS = Duration.ofMillis(100).toNanos();

    /** A minute; who comes later is counted in the last. */
    private static final int MOST_SLICES = 600;

    /** Each way to fail is told once, and of texts that never repeat no more than so many. */
    private static final int MOST_FAILURES = 5;

    private final int size;

    private final CallCounts calls;

    private final LongSupplier clock;

    private int away;

    private long since;

    private long firstArrival;

    private Duration longestWait = Duration.ZERO;

    private final List<Integer> arrivals = new ArrayList<>();

    private final Set<Status> failures = new HashSet<>();

    Muster(int size, CallCounts calls, LongSupplier nanoClock) {
        this.size = size;
        this.calls = calls;
        this.clock = nanoClock;
        this.away = size;
        this.since = nanoClock.getAsLong();
    }

    /** Tells whether it is the first loss after all were here. */
    synchronized boolean lost() {
        boolean first = away == 0;
        if (first) {
            since = clock.getAsLong();
            longestWait = Duration.ZERO;
            arrivals.clear();
            failures.clear();
        }
        away++;
        return first;
    }

    /** Tells whether nobody failed like this before. */
    synchronized boolean failed(Status cause) {
        return failures.size() < MOST_FAILURES && failures.add(cause);
    }

    synchronized void waiting(Duration delay) {
        longestWait = delay.compareTo(longestWait) > 0 ? delay : longestWait;
    }

    /** Gives the report if it was the last who was away. */
    synchronized Optional<MusterReport> arrived() {
        long now = clock.getAsLong();
        if (arrivals.isEmpty()) {
            firstArrival = now;
        }
        int slice = (int) Math.min((now - firstArrival) / SLICE_NANOS, MOST_SLICES - 1);
        if (arrivals.size() <= slice) {
            arrivals.addAll(Collections.nCopies(slice + 1 - arrivals.size(), 0));
        }
        arrivals.set(slice, arrivals.get(slice) + 1);
        away--;
        return away == 0 ? Optional.of(report(now)) : Optional.empty();
    }

    private MusterReport report(long now) {
        return new MusterReport(
                size,
                arrivals.stream().mapToInt(Integer::intValue).sum(),
                Duration.ofNanos(firstArrival - since),
                Duration.ofNanos(now - since),
                longestWait,
                List.copyOf(arrivals),
                calls.snapshot());
    }
}
