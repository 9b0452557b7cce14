package io.teleport.plugin.proxy;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How long the caller of a forwarded message still waits, as far as it said so. */
final class RemainingTime {

    /** Metadata key by which a caller says how many milliseconds it will still wait. */
    private static final String KEY = "X-Timeout-Ms";

    /** Longer times, which nobody waits for, count as none. */
    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(365);

    private final boolean limited;

    private final long endNanos;

    private RemainingTime(boolean limited, long endNanos) {
        this.limited = limited;
        this.endNanos = endNanos;
    }

    static RemainingTime of(Metadata metadata) {
        OptionalLong millis = metadata.getUnsignedInt(KEY);
        boolean limited = millis.isPresent() && millis.getAsLong() <= LONGEST_MILLIS;
        return new RemainingTime(
                limited, limited ? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis.getAsLong()) : 0);
    }

    boolean isLimited() {
        return limited;
    }

    /** @throws StatusException 408 if there is nothing left */
    Duration left() {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw StatusException.withoutStackTrace(
                    Status.builtIn(StatusCode.HANDLE_TIMEOUT, "the caller waits no longer"));
        }
        return Duration.ofNanos(left);
    }

    /** The metadata with what is left instead of what the caller said. */
    Metadata update(Metadata metadata) {
        return limited ? metadata.with(KEY, Long.toString(Math.max(1, left().toMillis()))) : metadata;
    }
}
