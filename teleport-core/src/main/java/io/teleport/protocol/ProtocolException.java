package io.teleport.protocol;

import org.jspecify.annotations.Nullable;

/** Bytes from the other side break the protocol. The message says what was found and what was expected. */
public class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final byte[] NO_WORDS = {};

    private final byte[] lastWords;

    public ProtocolException(String message) {
        this(message, null);
    }

    public ProtocolException(String message, @Nullable Throwable cause) {
        this(message, cause, NO_WORDS);
    }

    /** @param lastWords what the other side is sent before the connection closes; not changed any more by anybody */
    public ProtocolException(String message, @Nullable Throwable cause, byte[] lastWords) {
        // The stack of the decoder says nothing that the message does not, and hostile peers can cause many of these.
        super(message, cause, false, false);
        this.lastWords = lastWords;
    }

    /** Bytes that tell the other side what is wrong, in its own protocol; empty where the protocol has none to say. */
    public final byte[] lastWords() {
        return lastWords;
    }
}
