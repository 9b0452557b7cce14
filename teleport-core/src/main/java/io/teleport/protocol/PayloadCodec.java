package io.teleport.protocol;

import io.netty.buffer.ByteBuf;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;

/**
 * How one message is laid out where something else says where it begins and ends: a {@link SizedFrameCodec}, or a transport that keeps
 * messages apart ({@link WholeMessageCodec}). Used by several threads at once.
 */
public interface PayloadCodec {

    /**
     * Reads a message.
     *
     * @param payload the whole payload, its filters undone; stays the caller's
     * @param filters the filters named in front of the payload; none where the payload itself names them
     * @param size bytes of the message on the wire
     * @return the message, owned by the caller
     * @throws ProtocolException if the payload is not laid out so, or holds what no message can
     */
    Message read(ByteBuf payload, FilterIds filters, int size);

    /**
     * Appends a message.
     *
     * @throws EncodeException if this layout cannot carry it
     * @throws RuntimeException whatever the body writer throws
     */
    void write(MessageHeader header, BodyWriter body, ByteBuf out);
}
