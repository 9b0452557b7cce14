package io.teleport.message;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Status} as an exception. Thrown by a handler it becomes the status of the reply; thrown to a caller it is the
 * status of the reply that came, or of the local failure.
 *
 * <p>Its message is meant for people: {@code 404 Not Found}, then {@code : } and the cause if that has any text.
 */
public class StatusException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Status status;

    /** Carries the status. */
    public StatusException(Status status) {
        super(describe(status));
        this.status = status;
    }

    /** Carries a status without cause. */
    public StatusException(int code, String msg) {
        this(Status.of(code, msg));
    }

    /** Carries a status; a null cause means none. */
    public StatusException(int code, String msg, @Nullable String cause) {
        this(Status.of(code, msg, cause));
    }

    /** Carries the status and what led to it in this process; the latter is not sent. */
    public StatusException(Status status, @Nullable Throwable cause) {
        super(describe(status), cause);
        this.status = status;
    }

    private StatusException(Status status, boolean writableStackTrace) {
        super(describe(status), null, true, writableStackTrace);
        this.status = status;
    }

    /**
     * Gives an exception without stack trace, cheap to make: for expected failures that completed elsewhere, where the
     * trace of the completing thread tells nothing.
     */
    public static StatusException withoutStackTrace(Status status) {
        return new StatusException(status, false);
    }

    /**
     * Gives a new exception of the same status with the stack trace of the current thread and this exception as its
     * cause, so that a blocking caller sees where it called.
     */
    public StatusException copyForCaller() {
        return new StatusException(status, this);
    }

    /** Gives the status carried. */
    public Status status() {
        return status;
    }

    private static String describe(Status status) {
        StringBuilder text = new StringBuilder().append(status.code());
        if (!status.msg().isEmpty()) {
            text.append(' ').append(status.msg());
        }
        String cause = status.cause();
        if (cause != null && !cause.isEmpty()) {
            text.append(": ").append(cause);
        }
        return text.toString();
    }
}
