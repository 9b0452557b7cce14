package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.teleport.message.BodyWriter;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.ProtocolException;

/** In what the two protocols differ: how the body lies in a message, and which headers tell of it. */
interface ThriftBody {

    /**
     * Looks at a message before it is written.
     *
     * @throws EncodeException if one with this header has no place in the protocol
     */
    void check(MessageHeader header);

    /** Whether there are headers for the codec and the filters of the body. */
    boolean hasHeaders();

    /**
     * Appends the body, to the end of the frame.
     *
     * @throws EncodeException if the protocol cannot carry it
     */
    void write(MessageHeader header, BodyWriter body, ByteBuf out);

    /**
     * Reads what is left of a frame.
     *
     * @param size bytes of the message on the wire
     * @return the message, owned by the caller
     * @throws ProtocolException if that is no body of this protocol
     */
    Message read(MessageStart start, ReceivedHeaders headers, ByteBuf in, int size);
}
