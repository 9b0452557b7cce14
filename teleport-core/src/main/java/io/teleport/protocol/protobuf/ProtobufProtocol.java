package io.teleport.protocol.protobuf;

import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.SizedFrameCodec;
import io.teleport.protocol.WholeMessageCodec;

/**
 * Go Teleport's {@code protobuf} protocol: frames of {@link SizedFrameCodec}, each holding
 *
 * <pre>
 * 1 seq int32 · 2 mtype int32 · 3 serviceMethod string · 4 status bytes · 5 meta bytes · 6 bodyCodec int32 · 7 body bytes
 * </pre>
 *
 * Status and meta are in query form, fields ascend, zero and empty ones are left out. When reading, fields may come in any order, unknown ones are
 * skipped and the last of a repeated field counts. A service method that is not UTF-8 cannot be sent. Source: {@code protobuf.json}.
 *
 * <p>On transports that keep messages apart it is the sub-protocol described at {@link ProtobufSubPayload}.
 */
public final class ProtobufProtocol implements Protocol {

    @Override
    public String name() {
        return "protobuf";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        return new SizedFrameCodec(name(), context, new ProtobufPayload());
    }

    @Override
    public FrameCodec newMessageCodec(ProtocolContext context) {
        return new WholeMessageCodec(name(), context, new ProtobufSubPayload(new MessageFilters(name(), context)));
    }
}
