package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.protocol.PayloadCodec;

/** The object of {@link JsonProtocol}. */
final class JsonPayload implements PayloadCodec {

    private final ByteBufAllocator allocator;

    JsonPayload(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public Message read(ByteBuf payload, FilterIds filters, int size) {
        try (ReceivedFields fields = new ReceivedFields(payload, false, allocator)) {
            fields.read();
            return new Message(fields.header(filters), fields.body().retain(), size);
        }
    }

    @Override
    public void write(MessageHeader header, BodyWriter body, ByteBuf out) {
        HeaderWriter.begin(header, out);
        HeaderWriter.status(header, out);
        HeaderWriter.end(header, out);
        BodyText.write(body, BodyText.Escaping.AS_GO_READS, out);
        out.writeByte('}');
    }
}
