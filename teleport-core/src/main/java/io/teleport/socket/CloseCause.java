package io.teleport.socket;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import java.time.Instant;

/**
 * The recorded end of a socket.
 *
 * @param reason the one reason
 * @param detail what was found, for people; empty where the reason says it all
 * @param at when closing began
 */
public record CloseCause(CloseReason reason, String detail, Instant at) {

    public static CloseCause now(CloseReason reason, String detail) {
        return new CloseCause(reason, detail, Instant.now());
    }

    /** What callers get whose work ended with the socket: 102 "Connection Closed", the detail as its cause. */
    public Status toStatus() {
        return Status.builtIn(StatusCode.CONNECTION_CLOSED, detail);
    }

    @Override
    public String toString() {
        return "closed, " + reason + (detail.isEmpty() ? "" : ": " + detail);
    }
}
