package io.teleport.soak;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;

/** What became of a call or push, for the side that sent it. */
enum Outcome {
    /** Nothing yet. */
    PENDING,
    /** A call was answered with what belongs to it; a push was handed to the network. */
    OK,
    /** A call was answered with something else. */
    WRONG,
    /** The handler refused it, as it was told to. */
    DECLINED,
    /** 102. */
    CLOSED,
    /** 104. */
    NOT_SENT,
    /** 408. */
    TIMED_OUT,
    /** 503. */
    SHUTTING_DOWN,
    /** Handled, but there was no room for the reply: its caller did not read. Answered with 500. */
    NO_ROOM,
    /** By its caller. */
    CANCELLED,
    /** A status that nothing here leads to, or an exception. */
    UNEXPECTED;

    /** The status of a call that the handler declines. */
    static final int DECLINE_CODE = 1234;

    private static final String NO_ROOM_CAUSE = "outbound queue is full";

    static Outcome of(Status status) {
        String cause = status.cause();
        if (status.code() == StatusCode.INTERNAL_SERVER_ERROR && cause != null && cause.startsWith(NO_ROOM_CAUSE)) {
            return NO_ROOM;
        }
        return switch (status.code()) {
            case StatusCode.OK -> OK;
            case DECLINE_CODE -> DECLINED;
            case StatusCode.CONNECTION_CLOSED -> CLOSED;
            case StatusCode.WRITE_FAILED -> NOT_SENT;
            case StatusCode.HANDLE_TIMEOUT -> TIMED_OUT;
            case StatusCode.SERVICE_UNAVAILABLE -> SHUTTING_DOWN;
            default -> UNEXPECTED;
        };
    }

    /** What a handler answers whose own call ended so. */
    Status toStatus() {
        return switch (this) {
            case CLOSED, CANCELLED, PENDING -> Status.builtIn(StatusCode.CONNECTION_CLOSED);
            case NOT_SENT -> Status.builtIn(StatusCode.WRITE_FAILED);
            case TIMED_OUT -> Status.builtIn(StatusCode.HANDLE_TIMEOUT);
            case SHUTTING_DOWN -> Status.of(StatusCode.SERVICE_UNAVAILABLE, "Service Unavailable");
            case DECLINED -> Status.of(DECLINE_CODE, "declined");
            case OK -> Status.OK;
            case NO_ROOM ->
                Status.of(
                        StatusCode.INTERNAL_SERVER_ERROR,
                        StatusCode.text(StatusCode.INTERNAL_SERVER_ERROR),
                        NO_ROOM_CAUSE);
            case WRONG, UNEXPECTED -> Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR);
        };
    }

    /** Whether only the end of a connection leads to it. */
    boolean needsAnEnd() {
        return this == CLOSED || this == TIMED_OUT || this == SHUTTING_DOWN;
    }
}
