package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.ProtocolException;

/** Bytes of any codec, filtered, with their length in front. */
final class BinaryBody implements ThriftBody {

    private static final int LENGTH_FIELD = 4;

    private final MessageFilters filters;

    BinaryBody(MessageFilters filters) {
        this.filters = filters;
    }

    @Override
    public void check(MessageHeader header) {
        // Carries them all.
    }

    @Override
    public boolean hasHeaders() {
        return true;
    }

    @Override
    public void write(MessageHeader header, BodyWriter body, ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        filters.apply(header.filters(), body::writeTo, out);
        out.setInt(start, out.writerIndex() - start - LENGTH_FIELD);
    }

    @Override
    public Message read(MessageStart start, ReceivedHeaders headers, ByteBuf in, int size) {
        if (in.readableBytes() < LENGTH_FIELD) {
            throw new ProtocolException("thrift: frame ends inside the length of the body");
        }
        int length = in.readInt();
        if (length != in.readableBytes()) {
            throw new ProtocolException("thrift: length of the body is " + Integer.toUnsignedString(length) + " but "
                    + in.readableBytes() + " bytes are left in the frame");
        }
        FilterIds ids = headers.filters();
        MessageHeader header = new MessageHeader(
                start.sequence(),
                start.typeId(),
                start.serviceMethod(),
                headers.status(),
                headers.metadata(),
                headers.bodyCodec(),
                ids);
        return new Message(header, filters.undo(ids, in), size);
    }
}
