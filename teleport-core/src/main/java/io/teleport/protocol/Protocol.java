package io.teleport.protocol;

/**
 * A way to lay messages on a connection. One instance serves a whole peer; what belongs to a single connection lives in the {@link FrameCodec}
 * that it makes for it.
 *
 * <p>Adding a protocol is one class and one registration with the peer.
 */
public interface Protocol {

    /** Name in configuration, lower case. */
    String name();

    /** The codec of one new connection. */
    FrameCodec newFrameCodec(ProtocolContext context);

    /**
     * The codec of one new connection whose transport keeps messages apart, such as WebSocket. It is given one message at a time, always a whole one, and
     * must consume it. By default each holds a frame as it lies on a stream.
     */
    default FrameCodec newMessageCodec(ProtocolContext context) {
        return newFrameCodec(context);
    }
}
