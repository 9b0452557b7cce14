package io.teleport.message;

import io.netty.buffer.ByteBuf;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation: a code (see {@link StatusCode}), a message for people, and what caused it. It travels in
 * every message; {@link StatusException} carries it in Java.
 *
 * <p>Immutable and safe to share. A cause that is not set and a cause with empty text differ, also on the wire, but not
 * in the JSON form. The forms are those of {@code status.json} of the wire vectors. There is no null status: a message
 * without one has {@link #OK}.
 */
public final class Status implements Serializable {

    /** Success, without message and cause. */
    public static final Status OK = new Status(StatusCode.OK, "", null);

    @Serial
    private static final long serialVersionUID = 1;

    private static final Status[] BUILT_IN = {
        newBuiltIn(StatusCode.UNKNOWN_ERROR),
        newBuiltIn(StatusCode.OK),
        newBuiltIn(StatusCode.INVALID_OPERATION),
        newBuiltIn(StatusCode.WRONG_CONNECTION),
        newBuiltIn(StatusCode.CONNECTION_CLOSED),
        newBuiltIn(StatusCode.WRITE_FAILED),
        newBuiltIn(StatusCode.DIAL_FAILED),
        newBuiltIn(StatusCode.BAD_MESSAGE),
        newBuiltIn(StatusCode.UNAUTHORIZED),
        newBuiltIn(StatusCode.NOT_FOUND),
        newBuiltIn(StatusCode.MESSAGE_TYPE_NOT_ALLOWED),
        newBuiltIn(StatusCode.HANDLE_TIMEOUT),
        newBuiltIn(StatusCode.INTERNAL_SERVER_ERROR),
        newBuiltIn(StatusCode.BAD_GATEWAY),
    };

    private final int code;
    private final String msg;
    private final @Nullable String cause;

    private Status(int code, String msg, @Nullable String cause) {
        this.code = code;
        this.msg = Objects.requireNonNull(msg, "msg");
        this.cause = cause;
    }

    private static Status newBuiltIn(int code) {
        return new Status(code, StatusCode.text(code), "");
    }

    /** Gives a status of the code alone, without message and cause; {@link #OK} for code 0. */
    public static Status of(int code) {
        return of(code, "", null);
    }

    /** Gives a status without cause. */
    public static Status of(int code, String msg) {
        return of(code, msg, null);
    }

    /** Gives a status; a null cause means none, an empty one is sent as such. */
    public static Status of(int code, String msg, @Nullable String cause) {
        return code == StatusCode.OK && msg.isEmpty() && cause == null ? OK : new Status(code, msg, cause);
    }

    /**
     * Gives the framework's own status of the code: its text as message, and a cause that is set but empty, as Go sends
     * it. The same object each time for the codes of {@link StatusCode}.
     */
    public static Status builtIn(int code) {
        for (Status status : BUILT_IN) {
            if (status.code == code) {
                return status;
            }
        }
        return newBuiltIn(code);
    }

    /** Gives the framework's own status of the code with a cause; a null cause counts as the empty one. */
    public static Status builtIn(int code, @Nullable String cause) {
        return cause == null || cause.isEmpty() ? builtIn(code) : new Status(code, StatusCode.text(code), cause);
    }

    /**
     * Reads the query form. Nothing makes it fail: unknown keys are skipped, the first of a repeated key counts, a
     * missing code and one that is not a decimal number are 0, one beyond 32 bits is the nearest that fits.
     */
    public static Status parseQuery(String query) {
        return query.isEmpty() ? OK : StatusQuery.parse(WireText.toBytes(query));
    }

    /**
     * Reads the query form, as {@link #parseQuery(String)} does, from the next {@code length} bytes and advances the
     * reader index by as many.
     *
     * @throws IndexOutOfBoundsException if fewer bytes are readable; nothing is read then
     */
    public static Status parseQuery(ByteBuf in, int length) {
        return StatusQuery.parse(in, length);
    }

    /**
     * Reads the JSON form. Keys are matched in any case, unknown ones are skipped, absent and null ones leave the field
     * unset, as does an empty cause; empty text and {@code null} are {@link #OK}. Unpaired surrogates become U+FFFD.
     *
     * @throws IllegalArgumentException saying what was found, if the text is not a JSON object, the code not a whole
     *     number of 32 bits, or msg or cause not a string
     */
    public static Status parseJson(String json) {
        return StatusJson.parse(json);
    }

    /** Gives the code; 0 is success. */
    public int code() {
        return code;
    }

    /** Gives the message as it was set, empty if there is none. */
    public String msg() {
        return msg;
    }

    /** Gives the cause as it was set, null if there is none. */
    public @Nullable String cause() {
        return cause;
    }

    /** Gives the message, or where that is empty the cause, or an empty text: what Go's {@code Msg()} gives. */
    public String msgOrCause() {
        return msg.isEmpty() && cause != null ? cause : msg;
    }

    /** Gives the cause, or where a failure has none the message: what Go's {@code Cause()} gives. */
    public @Nullable String causeOrMsg() {
        return cause == null && !isOk() ? msg : cause;
    }

    /** Tells whether the code is 0, whatever message and cause say. */
    public boolean isOk() {
        return code == StatusCode.OK;
    }

    /** Tells whether the code speaks of a connection that is gone (102) or could not be made (105). */
    public boolean isConnectionError() {
        return code == StatusCode.CONNECTION_CLOSED || code == StatusCode.DIAL_FAILED;
    }

    /** Gives this status with another message. */
    public Status withMsg(String newMsg) {
        return of(code, newMsg, cause);
    }

    /** Gives this status with another cause, or with none for null. */
    public Status withCause(@Nullable String newCause) {
        return of(code, msg, newCause);
    }

    /** Gives the query form: {@code code=404&msg=Not%20Found&cause=}. */
    public String toQuery() {
        return QueryText.toString(this::writeQuery);
    }

    /** Appends the bytes of {@link #toQuery()}, without a length in front. */
    public void writeQuery(ByteBuf out) {
        StatusQuery.write(this, out);
    }

    /** Gives the JSON form, without spaces and always with all three fields; bytes that are not UTF-8 are lost in it. */
    public String toJson() {
        return StatusJson.write(this);
    }

    /** Gives a new exception that carries this status, with the stack trace of the current thread. */
    public StatusException toException() {
        return new StatusException(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Status that
                        && code == that.code
                        && msg.equals(that.msg)
                        && Objects.equals(cause, that.cause));
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, msg, cause);
    }

    /** Gives the JSON form, as Go prints a status in its run log. */
    @Override
    public String toString() {
        return toJson();
    }
}
