package io.teleport.protocol.protobuf;

import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.PayloadCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.WholeMessageCodec;

/**
 * Go Teleport's {@code protobuf} sub-protocol of WebSocket: each WebSocket message holds
 *
 * <pre>
 * 1 seq int32 · 2 mtype int32 · 3 serviceMethod string · 4 meta bytes · 5 bodyCodec int32 · 6 body bytes · 7 xferPipe bytes · 8 status bytes
 * </pre>
 *
 * Only the body is filtered. Field 8 is ours, written when there is a status other than OK: Go does not send the status at all, and skips the
 * field. Otherwise as {@link ProtobufProtocol}. Source: {@code ws-protobuf.json}.
 */
public final class ProtobufSubProtocol implements Protocol {

    @Override
    public String name() {
        return "ws-protobuf";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        PayloadCodec payloads = new ProtobufSubPayload(new MessageFilters("protobuf", context));
        return new WholeMessageCodec("protobuf", context, payloads);
    }
}
