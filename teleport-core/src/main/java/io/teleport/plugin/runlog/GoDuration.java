package io.teleport.plugin.runlog;

import java.math.BigDecimal;

/** Durations as Go writes them: {@code 812ns}, {@code 15.3µs}, {@code 1.25ms}, {@code 2.5s}, {@code 1m3s}, {@code 1h0m0.5s}. */
final class GoDuration {

    private static final long MICRO = 1_000;

    private static final long MILLI = 1_000_000;

    private static final long SECOND = 1_000_000_000;

    private GoDuration() {}

    static String of(long nanos) {
        if (nanos <= 0) {
            return "0s";
        }
        if (nanos < MICRO) {
            return nanos + "ns";
        }
        if (nanos < MILLI) {
            return decimal(nanos, 3) + "\u00b5s";
        }
        if (nanos < SECOND) {
            return decimal(nanos, 6) + "ms";
        }
        long minutes = nanos / SECOND / 60;
        String seconds = decimal(nanos - minutes * 60 * SECOND, 9) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60 ? minutes + "m" + seconds : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long nanos, int digits) {
        BigDecimal value = BigDecimal.valueOf(nanos, digits).stripTrailingZeros();
        return value.toPlainString();
    }
}
