package io.teleport.protocol;

import org.jspecify.annotations.Nullable;

/** Bytes from the other side break the protocol. The message says what was found and what was expected. */
public class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        this(message, null);
    }

    public ProtocolException(String message, @Nullable Throwable cause) {
        // The stack of the decoder says nothing that the message does not, and hostile peers can cause many of these.
        super(message, cause, false, false);
    }
}
