package io.teleport.protocol;

import org.jspecify.annotations.Nullable;

/** A message from the other side is longer than this side allows. */
public final class MessageTooLargeException extends ProtocolException {

    private static final long serialVersionUID = 1L;

    public MessageTooLargeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** @param lastWords as in {@link ProtocolException#ProtocolException(String, Throwable, byte[])} */
    public MessageTooLargeException(String message, @Nullable Throwable cause, byte[] lastWords) {
        super(message, cause, lastWords);
    }
}
