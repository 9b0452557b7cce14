package io.teleport.plugin.proxy;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.router.MessageContext;
import java.time.Duration;
import java.util.Optional;

/** How long the caller of a forwarded message still waits, or this side lets it wait, if there is a limit. */
final class RemainingTime {

    private final boolean limited;

    private final long endNanos;

    private RemainingTime(boolean limited, long endNanos) {
        this.limited = limited;
        this.endNanos = endNanos;
    }

    static RemainingTime of(MessageContext message) {
        Optional<Duration> left = message.remaining();
        return new RemainingTime(
                left.isPresent(), System.nanoTime() + left.orElse(Duration.ZERO).toNanos());
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
}
