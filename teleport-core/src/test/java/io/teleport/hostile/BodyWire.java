package io.teleport.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.teleport.filter.TransferFilter;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.http.HttpProtocol;
import io.teleport.protocol.json.JsonProtocol;
import io.teleport.protocol.protobuf.ProtobufProtocol;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.protocol.thrift.ThriftBinaryProtocol;
import io.teleport.protocol.thrift.ThriftStructProtocol;
import java.util.Arrays;
import java.util.stream.Stream;

/** Every way in which a body can lie on a connection, for those who pack what no peer of ours would. */
enum BodyWire {
    RAW("tcp"),
    JSON("tcp"),
    PROTOBUF("tcp"),
    THRIFT_BINARY("tcp"),
    THRIFT_STRUCT("tcp"),
    HTTP("tcp"),
    WS_JSON("ws"),
    WS_PROTOBUF("ws");

    private final String scheme;

    BodyWire(String scheme) {
        this.scheme = scheme;
    }

    String scheme() {
        return scheme;
    }

    boolean isWebSocket() {
        return scheme.equals("ws");
    }

    Protocol protocol() {
        return switch (this) {
            case RAW -> new RawProtocol();
            case JSON, WS_JSON -> new JsonProtocol();
            case PROTOBUF, WS_PROTOBUF -> new ProtobufProtocol();
            case THRIFT_BINARY -> new ThriftBinaryProtocol();
            case THRIFT_STRUCT -> new ThriftStructProtocol();
            case HTTP -> new HttpProtocol();
        };
    }

    /** The codec of the dialing side of one connection; its limit is that of no peer. */
    FrameCodec newCodec(TransferFilter... filters) {
        ProtocolContext context = new ProtocolContext(
                false, Integer.MAX_VALUE, TransferFilters.of(Arrays.asList(filters)), UnpooledByteBufAllocator.DEFAULT);
        return isWebSocket() ? protocol().newMessageCodec(context) : protocol().newFrameCodec(context);
    }

    /** A CALL without filters, its body any bytes. */
    byte[] call(String method, int codecId, byte[] body) {
        return call(method, codecId, body, Stream.empty());
    }

    /** A CALL through these filters, the first the outermost; each may be there more than once. */
    byte[] call(String method, int codecId, byte[] body, Stream<TransferFilter> pipe) {
        TransferFilter[] all = pipe.toArray(TransferFilter[]::new);
        FilterIds ids =
                FilterIds.of(Arrays.stream(all).mapToInt(TransferFilter::id).toArray());
        MessageHeader header =
                new MessageHeader(7, MessageType.CALL.id(), method, Status.OK, Metadata.empty(), codecId, ids);
        ByteBuf out = Unpooled.buffer();
        try {
            newCodec(Arrays.stream(all).distinct().toArray(TransferFilter[]::new))
                    .encode(header, to -> to.writeBytes(body), out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }
}
