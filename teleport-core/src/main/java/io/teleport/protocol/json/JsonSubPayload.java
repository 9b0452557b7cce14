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

/**
 * The object of Go Teleport's {@code json} sub-protocol of WebSocket: each message of the transport is one.
 *
 * <pre>{@code
 * {"seq":1,"mtype":1,"serviceMethod":"/math/add","meta":"a=1&b=2","bodyCodec":106,"body":"[1,2]","xferPipe":[]}
 * }</pre>
 *
 * <p>Only the body is filtered. The status is a key of ours, {@code "status":"code=404&msg=Not%20Found"} behind the service method, written when it is
 * not OK: Go does not send it at all, and skips the key. Otherwise as {@link JsonProtocol}, but what is sent is always JSON if the body is text, since
 * browsers listen here: control characters of a body are escaped even where Go leaves them as they are. Filtered bodies are no text.
 *
 * <p>A browser does best to send its body as JSON, not as a string ({@code "body":[1,2]}). Source: {@code ws-json.json}.
 */
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
