package io.teleport.codec;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;

/** What logs may show of a status. */
public final class LoggedStatus {

    private static final String HIDDEN = "***";

    private LoggedStatus() {}

    /**
     * Without the cause of a 400: what a codec says of a body it cannot read may quote that body. Whoever sent it is told, nobody else.
     */
    public static Status of(Status status) {
        return status.code() == StatusCode.BAD_MESSAGE && status.cause() != null
                ? Status.of(status.code(), status.msg(), HIDDEN)
                : status;
    }
}
