package io.teleport.protocol.raw;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.WireText;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.ProtocolException;

/** The part of a raw frame behind its filters: header fields, each with its length in front, and the body. */
final class RawContent {

    private static final int MAX_BYTE = 0xff;

    private static final int MAX_SHORT = 0xffff;

    private RawContent() {}

    static Message read(ByteBuf in, FilterIds filters, int frameSize) {
        int sequence = SequenceText.read(in, lengthByte(in, "sequence"));
        int typeId = number(in, "message type");
        String serviceMethod = WireText.decode(in, lengthByte(in, "service method"));
        Status status = Status.parseQuery(in, lengthShort(in, "status"));
        Metadata metadata = Metadata.parse(in, lengthShort(in, "metadata"));
        int bodyCodec = number(in, "body codec");
        MessageHeader header = new MessageHeader(sequence, typeId, serviceMethod, status, metadata, bodyCodec, filters);
        ByteBuf body = in.isReadable() ? in.readRetainedSlice(in.readableBytes()) : Unpooled.EMPTY_BUFFER;
        return new Message(header, body, frameSize);
    }

    private static int number(ByteBuf in, String field) {
        require(in, 1, field);
        return in.readUnsignedByte();
    }

    private static int lengthByte(ByteBuf in, String field) {
        int length = number(in, "length of the " + field);
        require(in, length, field);
        return length;
    }

    private static int lengthShort(ByteBuf in, String field) {
        if (in.readableBytes() < 2) {
            require(in, 2, "length of the " + field);
        }
        int length = in.readUnsignedShort();
        require(in, length, field);
        return length;
    }

    private static void require(ByteBuf in, int length, String field) {
        if (in.readableBytes() < length) {
            throw new ProtocolException("raw: frame ends inside its header: " + field + " takes " + length + " bytes, "
                    + in.readableBytes() + " are left");
        }
    }

    static void write(MessageHeader header, BodyWriter body, ByteBuf out) {
        SequenceText.write(header.sequence(), out);
        out.writeByte(header.typeId());

        int at = out.writerIndex();
        out.writeByte(0);
        WireText.encode(header.serviceMethod(), out);
        out.setByte(at, fieldLength(out, at + 1, MAX_BYTE, "service method"));

        at = out.writerIndex();
        out.writeShort(0);
        header.status().writeQuery(out);
        out.setShort(at, fieldLength(out, at + 2, MAX_SHORT, "status"));

        at = out.writerIndex();
        out.writeShort(0);
        header.metadata().writeQuery(out);
        out.setShort(at, fieldLength(out, at + 2, MAX_SHORT, "metadata"));

        out.writeByte(header.bodyCodec());
        body.writeTo(out);
    }

    private static int fieldLength(ByteBuf out, int start, int limit, String field) {
        int length = out.writerIndex() - start;
        if (length > limit) {
            throw new EncodeException(
                    "raw: " + field + " of " + length + " bytes is longer than the protocol's " + limit);
        }
        return length;
    }
}
