package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.CodecException;
import io.teleport.codec.ThriftStructs;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.ProtocolException;

/** A struct in Thrift's binary encoding, which tells by itself where it ends. */
final class StructBody implements ThriftBody {

    private static final int THRIFT_CODEC = 't';

    private static final int WITHOUT_FIELDS = 0;

    @Override
    public void check(MessageHeader header) {
        if (header.bodyCodec() != THRIFT_CODEC && header.bodyCodec() != 0) {
            throw new EncodeException(
                    "thrift: body codec must be thrift (116) in the protocol thrift-struct, not " + header.bodyCodec());
        }
        if (!header.filters().isEmpty()) {
            throw new EncodeException(
                    "thrift: the protocol thrift-struct has no transfer filters, the message has " + header.filters());
        }
    }

    @Override
    public boolean hasHeaders() {
        return false;
    }

    @Override
    public void write(MessageHeader header, BodyWriter body, ByteBuf out) {
        int start = out.writerIndex();
        body.writeTo(out);
        int written = out.writerIndex() - start;
        if (written == 0) {
            out.writeByte(WITHOUT_FIELDS);
        } else {
            checkIsStruct(out.slice(start, written));
        }
    }

    /** Bytes of the application's go by no codec. */
    private static void checkIsStruct(ByteBuf body) {
        int length;
        try {
            length = ThriftStructs.length(body);
        } catch (CodecException e) {
            throw new EncodeException("thrift: body is no struct, as the protocol thrift-struct demands", e);
        }
        if (length != body.readableBytes()) {
            throw new EncodeException("thrift: body is a struct of " + length + " bytes and "
                    + (body.readableBytes() - length) + " bytes more");
        }
    }

    @Override
    public Message read(MessageStart start, ReceivedHeaders headers, ByteBuf in, int size) {
        if (!in.isReadable() && start.typeId() == MessageType.REPLY.id()) {
            return replyWithoutStruct(start, size);
        }
        int length = length(in);
        if (length != in.readableBytes()) {
            throw new ProtocolException(
                    "thrift: " + (in.readableBytes() - length) + " bytes are left behind the struct");
        }
        MessageHeader header = new MessageHeader(
                start.sequence(),
                start.typeId(),
                start.serviceMethod(),
                headers.status(),
                headers.metadata(),
                THRIFT_CODEC,
                FilterIds.none());
        return new Message(header, in.readRetainedSlice(length), size);
    }

    /** Its headers, if any, are those that Go wrote with another message. */
    private static Message replyWithoutStruct(MessageStart start, int size) {
        Status status = Status.builtIn(
                StatusCode.BAD_MESSAGE, "thrift: reply without a struct, as Go sends it for an error or no result");
        MessageHeader header = new MessageHeader(
                start.sequence(),
                start.typeId(),
                start.serviceMethod(),
                status,
                Metadata.empty(),
                THRIFT_CODEC,
                FilterIds.none());
        return new Message(header, Unpooled.EMPTY_BUFFER, size);
    }

    private static int length(ByteBuf in) {
        try {
            return ThriftStructs.length(in);
        } catch (CodecException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()), e);
        }
    }
}
