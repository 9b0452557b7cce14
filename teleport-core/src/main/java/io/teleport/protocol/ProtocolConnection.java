package io.teleport.protocol;

import io.netty.buffer.ByteBuf;

/**
 * What a protocol may do with the connection it serves beside reading and writing frames. Every method may be called on any thread, never
 * blocks, and does nothing once the connection closes.
 */
public interface ProtocolConnection {

    /** Of a codec that serves no connection: does nothing. */
    ProtocolConnection NONE = new NoConnection();

    /**
     * Sends bytes that are no message, behind every frame accepted so far; where too much waits already, they are dropped.
     *
     * @param bytes taken over
     */
    void send(ByteBuf bytes);

    /** Has {@link FrameCodec#decode} called again, after it {@linkplain FrameCodec#isPaused() paused}. */
    void readOn();

    /**
     * Closes the connection in an orderly way because the other side wished so, after every frame accepted so far.
     *
     * @param detail how the wish was found, for people
     */
    void end(String detail);
}
