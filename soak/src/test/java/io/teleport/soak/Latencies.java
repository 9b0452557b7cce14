package io.teleport.soak;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Times of answered calls in microseconds, by kind, from the moment at which each was due, so that a late start counts. Thread-safe. */
final class Latencies {

    private static final long LONGEST_MICROS = 120_000_000;

    private final Map<Op, Histogram> times = new EnumMap<>(Op.class);

    Latencies() {
        for (Op op : Op.values()) {
            if (!op.isPush()) {
                times.put(op, new ConcurrentHistogram(LONGEST_MICROS, 3));
            }
        }
    }

    void record(Op op, long dueNanos) {
        Histogram histogram = times.get(op);
        if (histogram != null) {
            histogram.recordValue(Math.min(LONGEST_MICROS, Math.max(0, (System.nanoTime() - dueNanos) / 1000)));
        }
    }

    /** Rows of a Markdown table. */
    String rows(String side) {
        StringBuilder rows = new StringBuilder();
        times.forEach((op, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                rows.append(String.format(
                        "| %s | %s | %d | %.2f | %.2f | %.2f | %.2f | %.1f |%n",
                        side,
                        op,
                        histogram.getTotalCount(),
                        histogram.getValueAtPercentile(50) / 1000.0,
                        histogram.getValueAtPercentile(90) / 1000.0,
                        histogram.getValueAtPercentile(99) / 1000.0,
                        histogram.getValueAtPercentile(99.9) / 1000.0,
                        histogram.getMaxValue() / 1000.0));
            }
        });
        return rows.toString();
    }
}
