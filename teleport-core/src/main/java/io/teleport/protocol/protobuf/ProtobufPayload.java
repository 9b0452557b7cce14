package io.teleport.protocol.protobuf;

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
import io.teleport.protocol.PayloadCodec;

/** The fields of {@link ProtobufProtocol}. */
final class ProtobufPayload implements PayloadCodec {

    @Override
    public Message read(ByteBuf payload, FilterIds filters, int size) {
        int sequence = 0;
        int typeId = 0;
        String serviceMethod = "";
        Status status = Status.OK;
        Metadata metadata = Metadata.empty();
        int bodyCodec = 0;
        ByteBuf body = Unpooled.EMPTY_BUFFER;
        ProtobufReader fields = new ProtobufReader(payload);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> sequence = fields.number("seq");
                case 2 -> typeId = fields.unsignedByte("mtype");
                case 3 -> serviceMethod = WireText.decode(payload, fields.length("serviceMethod"));
                case 4 -> status = Status.parseQuery(payload, fields.length("status"));
                case 5 -> metadata = Metadata.parse(payload, fields.length("meta"));
                case 6 -> bodyCodec = fields.unsignedByte("bodyCodec");
                case 7 -> body = payload.readSlice(fields.length("body"));
                default -> fields.skip();
            }
        }
        MessageHeader header = new MessageHeader(sequence, typeId, serviceMethod, status, metadata, bodyCodec, filters);
        return new Message(header, body.retain(), size);
    }

    @Override
    public void write(MessageHeader header, BodyWriter body, ByteBuf out) {
        requireUtf8(header.serviceMethod());
        ProtobufWriter.number(1, header.sequence(), out);
        ProtobufWriter.number(2, header.typeId(), out);
        ProtobufWriter.bytes(3, content -> WireText.encode(header.serviceMethod(), content), out);
        ProtobufWriter.bytes(4, header.status()::writeQuery, out);
        ProtobufWriter.bytes(5, header.metadata()::writeQuery, out);
        ProtobufWriter.number(6, header.bodyCodec(), out);
        ProtobufWriter.bytes(7, body::writeTo, out);
    }

    /** A Protobuf string is UTF-8 by definition; Go refuses to send, and to read, another one. */
    private static void requireUtf8(String serviceMethod) {
        int i = 0;
        while (i < serviceMethod.length()) {
            int codePoint = serviceMethod.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new EncodeException("protobuf: service method is not UTF-8, which this protocol demands");
            }
            i += Character.charCount(codePoint);
        }
    }
}
