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
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.PayloadCodec;
import io.teleport.protocol.ProtocolException;

/**
 * The fields of Go Teleport's {@code protobuf} sub-protocol of WebSocket: each message of the transport holds
 *
 * <pre>
 * 1 seq int32 · 2 mtype int32 · 3 serviceMethod string · 4 meta bytes · 5 bodyCodec int32 · 6 body bytes · 7 xferPipe bytes · 8 status bytes
 * </pre>
 *
 * Only the body is filtered. Field 8 is ours, written when there is a status other than OK: Go does not send the status at all, and skips the
 * field. Otherwise as {@link ProtobufProtocol}. Source: {@code ws-protobuf.json}.
 */
final class ProtobufSubPayload implements PayloadCodec {

    private final MessageFilters messageFilters;

    ProtobufSubPayload(MessageFilters messageFilters) {
        this.messageFilters = messageFilters;
    }

    @Override
    public Message read(ByteBuf payload, FilterIds none, int size) {
        int sequence = 0;
        int typeId = 0;
        String serviceMethod = "";
        Status status = Status.OK;
        Metadata metadata = Metadata.empty();
        int bodyCodec = 0;
        ByteBuf body = Unpooled.EMPTY_BUFFER;
        FilterIds filters = none;
        ProtobufReader fields = new ProtobufReader(payload);
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> sequence = fields.number("seq");
                case 2 -> typeId = fields.unsignedByte("mtype");
                case 3 -> serviceMethod = WireText.decode(payload, fields.length("serviceMethod"));
                case 4 -> metadata = Metadata.parse(payload, fields.length("meta"));
                case 5 -> bodyCodec = fields.unsignedByte("bodyCodec");
                case 6 -> body = payload.readSlice(fields.length("body"));
                case 7 -> filters = filters(payload, fields.length("xferPipe"));
                case 8 -> status = Status.parseQuery(payload, fields.length("status"));
                default -> fields.skip();
            }
        }
        MessageHeader header = new MessageHeader(sequence, typeId, serviceMethod, status, metadata, bodyCodec, filters);
        return new Message(header, messageFilters.undo(filters, body), size);
    }

    private static FilterIds filters(ByteBuf in, int count) {
        if (count > FilterIds.MAX_FILTERS) {
            throw new ProtocolException(
                    "protobuf: xferPipe names " + count + " transfer filters (at most " + FilterIds.MAX_FILTERS + ")");
        }
        return FilterIds.read(in, count);
    }

    @Override
    public void write(MessageHeader header, BodyWriter body, ByteBuf out) {
        ProtobufWriter.number(1, header.sequence(), out);
        ProtobufWriter.number(2, header.typeId(), out);
        ProtobufWriter.bytes(3, content -> WireText.encode(header.serviceMethod(), content), out);
        ProtobufWriter.bytes(4, header.metadata()::writeQuery, out);
        ProtobufWriter.number(5, header.bodyCodec(), out);
        ProtobufWriter.bytes(6, content -> messageFilters.apply(header.filters(), body::writeTo, content), out);
        ProtobufWriter.bytes(7, header.filters()::write, out);
        if (!header.status().equals(Status.OK)) {
            ProtobufWriter.bytes(8, header.status()::writeQuery, out);
        }
    }
}
