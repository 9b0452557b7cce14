package io.teleport.codec;

import org.jspecify.annotations.Nullable;

/** A body could not be encoded or decoded. The message is fit to be sent to the other side: it names no class and no stack. */
public final class CodecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CodecException(String message) {
        this(message, null);
    }

    public CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The failure Go reports for a codec id that nobody registered. */
    public static CodecException unsupported(int codecId) {
        return new CodecException("unsupported codec id: " + codecId);
    }
}
