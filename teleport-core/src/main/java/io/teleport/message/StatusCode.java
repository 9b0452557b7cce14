package io.teleport.message;

/**
 * The status codes of the framework. Applications choose their own codes outside this list; {@link #OK} means success,
 * every other code a failure. Codes and texts are those of Go Teleport v7 ({@code status.json} of the wire vectors).
 */
public final class StatusCode {

    /** Failure without a better code; also the text of every code that is not listed here. */
    public static final int UNKNOWN_ERROR = -1;

    /** Success; its text is empty. A handler that returns a status of this code has succeeded. */
    public static final int OK = 0;

    /** An operation was used in a phase of the session that does not allow it; local, nothing was sent. */
    public static final int INVALID_OPERATION = 1;

    /** There is no connection to use, as when a pool of sessions is closed or cannot dial; local. */
    public static final int WRONG_CONNECTION = 100;

    /**
     * The connection is closed or closing, or went away before the reply came; local. The cause is empty after an
     * orderly close and the I/O or protocol error otherwise. A connection error.
     */
    public static final int CONNECTION_CLOSED = 102;

    /**
     * The message was not sent: it could not be encoded, is too large, its time was over, or writing failed; local. The
     * cause says which.
     */
    public static final int WRITE_FAILED = 104;

    /** No connection could be made, or its set-up was refused; local. A connection error. */
    public static final int DIAL_FAILED = 105;

    /** The message has no service method, or its body cannot be decoded; the cause is the decoder's error. */
    public static final int BAD_MESSAGE = 400;

    /** The other side did not authenticate itself, or not as required. */
    public static final int UNAUTHORIZED = 401;

    /** The receiver has no handler for the service method and message type. */
    public static final int NOT_FOUND = 404;

    /** The message type is not allowed where it was received. */
    public static final int MESSAGE_TYPE_NOT_ALLOWED = 405;

    /** The deadline passed before the answer was there; defined but never sent by Go. */
    public static final int HANDLE_TIMEOUT = 408;

    /** The handler or a plugin failed unexpectedly, or its reply cannot be encoded or is too large. */
    public static final int INTERNAL_SERVER_ERROR = 500;

    /** A forwarding peer cannot reach the peer behind it; the cause is that of the failed connection. */
    public static final int BAD_GATEWAY = 502;

    /**
     * The peer is shutting down: the message was not handled and will not be, so it can be sent again, to another peer. Never sent by Go, whose
     * {@link #text} for it is that of an unknown code; a message on the wire brings its own.
     */
    public static final int SERVICE_UNAVAILABLE = 503;

    private StatusCode() {}

    /** Gives the text that belongs to the code, {@code Unknown Error} for a code that is not listed here. */
    public static String text(int code) {
        return switch (code) {
            case OK -> "";
            case INVALID_OPERATION -> "Invalid Operation";
            case WRONG_CONNECTION -> "Wrong Connection";
            case CONNECTION_CLOSED -> "Connection Closed";
            case WRITE_FAILED -> "Write Failed";
            case DIAL_FAILED -> "Dial Failed";
            case BAD_MESSAGE -> "Bad Message";
            case UNAUTHORIZED -> "Unauthorized";
            case NOT_FOUND -> "Not Found";
            case MESSAGE_TYPE_NOT_ALLOWED -> "Message Type Not Allowed";
            case HANDLE_TIMEOUT -> "Handle Timeout";
            case INTERNAL_SERVER_ERROR -> "Internal Server Error";
            case BAD_GATEWAY -> "Bad Gateway";
            default -> "Unknown Error";
        };
    }
}
