package io.teleport.protocol;

import io.netty.buffer.ByteBuf;
import io.teleport.message.BodyWriter;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import org.jspecify.annotations.Nullable;

/** Frames of one connection to messages and back. */
public interface FrameCodec {

    /**
     * Takes the next message from the bytes received so far. Called on the connection's event loop only.
     *
     * @param in bytes received and not yet consumed; may hold part of a frame, or several
     * @return the message, owned by the caller, its frame consumed; or null when the frame is not whole yet, and nothing the next call
     *     needs was consumed
     * @throws MessageTooLargeException if a frame announces, or expands to, more than the message limit; decided before memory is taken
     * @throws ProtocolException if the bytes are no frame of this protocol. The connection cannot be used after that
     */
    @Nullable
    Message decode(ByteBuf in);

    /**
     * Appends a whole frame. Called on any thread, by several at once.
     *
     * @param header header of the message
     * @param body its body, written in place
     * @param out where the frame goes; what was appended before an exception is discarded by the caller
     * @throws EncodeException if this protocol cannot carry the message
     * @throws RuntimeException whatever the body writer throws
     */
    void encode(MessageHeader header, BodyWriter body, ByteBuf out);

    /**
     * Learns that a frame it packed was accepted for sending. Called after {@link #encode}, on the same thread; frames accepted from now on
     * go out behind it.
     */
    default void accepted(MessageHeader header) {}

    /**
     * Whether the bytes that {@link #decode} left wait for this side, which has yet to answer what came before them, and not for the other. Such
     * a pause is no part of the time that a frame may take. Who pauses calls {@link ProtocolConnection#readOn()} when it is over. Called on the
     * event loop, after decode returned null.
     */
    default boolean isPaused() {
        return false;
    }
}
