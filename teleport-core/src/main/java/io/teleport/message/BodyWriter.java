package io.teleport.message;

import io.netty.buffer.ByteBuf;

/** Writes the body of an outgoing message straight into its frame. */
@FunctionalInterface
public interface BodyWriter {

    /** Writes nothing. */
    BodyWriter EMPTY = out -> {};

    /**
     * Appends the encoded body. Called at most once for each attempt to pack the message, on the thread that sends it.
     *
     * @throws RuntimeException if the body cannot be encoded; nothing of the message is sent then
     */
    void writeTo(ByteBuf out);
}
