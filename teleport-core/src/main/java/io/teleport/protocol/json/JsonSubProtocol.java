package io.teleport.protocol.json;

import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.PayloadCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.WholeMessageCodec;

/**
 * Go Teleport's {@code json} sub-protocol of WebSocket: each WebSocket message is one object.
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
public final class JsonSubProtocol implements Protocol {

    @Override
    public String name() {
        return "ws-json";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        PayloadCodec payloads = new JsonSubPayload(context.allocator(), new MessageFilters("json", context));
        return new WholeMessageCodec("json", context, payloads);
    }
}
