package io.teleport.protocol;

import org.jspecify.annotations.Nullable;

/** A message of ours does not fit the protocol or the message limit. Nothing of it was sent. */
public final class EncodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EncodeException(String message) {
        this(message, null);
    }

    public EncodeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
