package io.teleport.session;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of a call. There is always exactly one: what the other side answered, or why there is no answer.
 *
 * @param status OK, the status of the other side's handler, or a local failure (102 connection closed, 104 not sent, 408 timed out)
 * @param value the decoded body; null if the call failed or the body is empty
 * @param metadata metadata of the reply, also of a failed one; empty if none arrived
 * @param bodyCodec codec id of the reply's body, 0 if there is none
 * @param answered whether the other side answered; if not, the status is a local failure
 */
public record Reply<R extends @Nullable Object>(
        Status status, @Nullable R value, Metadata metadata, int bodyCodec, boolean answered) {

    /** What the other side answered. */
    public Reply(Status status, @Nullable R value, Metadata metadata, int bodyCodec) {
        this(status, value, metadata, bodyCodec, true);
    }

    static <R> Reply<R> failed(Status status) {
        return new Reply<>(status, null, Metadata.empty(), 0, false);
    }

    /** Whether the call succeeded. */
    public boolean isOk() {
        return status.isOk();
    }

    /**
     * The decoded body.
     *
     * @throws StatusException if the call failed
     */
    public @Nullable R body() {
        if (!status.isOk()) {
            throw status.toException();
        }
        return value;
    }
}
