package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Status;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.PayloadCodec;

/** The object of {@link JsonSubProtocol}. */
final class JsonSubPayload implements PayloadCodec {

    private final ByteBufAllocator allocator;

    private final MessageFilters messageFilters;

    JsonSubPayload(ByteBufAllocator allocator, MessageFilters messageFilters) {
        this.allocator = allocator;
        this.messageFilters = messageFilters;
    }

    @Override
    public Message read(ByteBuf payload, FilterIds none, int size) {
        try (ReceivedFields fields = new ReceivedFields(payload, true, allocator)) {
            fields.read();
            FilterIds filters = fields.pipe();
            return new Message(fields.header(filters), messageFilters.undo(filters, fields.body()), size);
        }
    }

    @Override
    public void write(MessageHeader header, BodyWriter body, ByteBuf out) {
        FilterIds filters = header.filters();
        HeaderWriter.begin(header, out);
        if (!header.status().equals(Status.OK)) {
            HeaderWriter.status(header, out);
        }
        HeaderWriter.end(header, out);
        BodyText.write(
                content -> messageFilters.apply(filters, body::writeTo, content),
                filters.isEmpty() ? BodyText.Escaping.ALWAYS_JSON : BodyText.Escaping.AS_GO_READS,
                out);
        ByteBufUtil.writeAscii(out, ",\"xferPipe\":[");
        for (int i = 0; i < filters.size(); i++) {
            ByteBufUtil.writeAscii(out, (i == 0 ? "" : ",") + filters.get(i));
        }
        ByteBufUtil.writeAscii(out, "]}");
    }
}
