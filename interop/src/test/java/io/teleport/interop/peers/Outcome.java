package io.teleport.interop.peers;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a call came to.
 *
 * @param status in the form Go's accessors give it: an unset msg is the cause, an unset cause of an error the msg, never null
 * @param codec codec id of the reply's body
 * @param value null if the call failed or the reply has no body
 */
public record Outcome<T>(
        Status status,
        Metadata metadata,
        int codec,
        @Nullable T value) {

    public Outcome {
        metadata = Received.asSent(metadata);
    }

    static Status asGoSays(Status status) {
        return Status.of(status.code(), status.msgOrCause(), Objects.requireNonNullElse(status.causeOrMsg(), ""));
    }

    <U> Outcome<U> map(Function<T, U> change) {
        return new Outcome<>(status, metadata, codec, value == null ? null : change.apply(value));
    }

    public int code() {
        return status.code();
    }
}
