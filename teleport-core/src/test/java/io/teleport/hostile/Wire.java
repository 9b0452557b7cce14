package io.teleport.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
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
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The ways to lay messages on a connection: every protocol on TCP, and the two sub-protocols of WebSocket. */
enum Wire {
    RAW(new RawProtocol(), false),
    JSON(new JsonProtocol(), false),
    PROTOBUF(new ProtobufProtocol(), false),
    THRIFT_BINARY(new ThriftBinaryProtocol(), false),
    THRIFT_STRUCT(new ThriftStructProtocol(), false),
    HTTP(new HttpProtocol(), false),
    WS_JSON(new JsonProtocol(), true),
    WS_PROTOBUF(new ProtobufProtocol(), true);

    /** What an attacker reads of the other side at the most. */
    private static final int ATTACKERS_LIMIT = 64 * 1024 * 1024;

    private static final TransferFilters FILTERS =
            TransferFilters.of(List.of(new GzipFilter('g'), new Md5Filter('m'), new NoFilter()));

    private static final byte[] STRUCT = {11, 0, 1, 0, 0, 0, 1, 'x', 0};

    @SuppressWarnings("ImmutableEnumChecker") // the protocols that are here keep no state
    private final Protocol protocol;

    private final boolean webSocket;

    Wire(Protocol protocol, boolean webSocket) {
        this.protocol = protocol;
        this.webSocket = webSocket;
    }

    String protocol() {
        return protocol.name();
    }

    /** How texts about broken bytes begin. */
    String prefix() {
        return isThrift() ? "thrift: " : protocol.name() + ": ";
    }

    String address() {
        return (webSocket ? "ws" : "tcp") + "://127.0.0.1:0";
    }

    boolean isWebSocket() {
        return webSocket;
    }

    boolean isThrift() {
        return this == THRIFT_BINARY || this == THRIFT_STRUCT;
    }

    /** Whether a message has a place for other types than CALL, REPLY and PUSH. */
    boolean carriesEveryType() {
        return !isThrift() && this != HTTP;
    }

    boolean carriesPushes() {
        return this != HTTP;
    }

    boolean carriesLogins() {
        return !isThrift();
    }

    /** Whether a message has a place for more than one filter. */
    boolean carriesManyFilters() {
        return this != THRIFT_STRUCT && this != HTTP;
    }

    /** Name of a codec whose bodies are carried. */
    String codecName() {
        return this == THRIFT_STRUCT ? "thrift" : "json";
    }

    int codecId() {
        return this == THRIFT_STRUCT ? 't' : 'j';
    }

    /** A small body of that codec. */
    byte[] body() {
        return this == THRIFT_STRUCT ? STRUCT.clone() : "\"x\"".getBytes(StandardCharsets.US_ASCII);
    }

    /** The codec of one attacker. */
    FrameCodec newCodec() {
        return newCodec(FILTERS);
    }

    private FrameCodec newCodec(TransferFilters filters) {
        ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        ProtocolContext context = new ProtocolContext(false, ATTACKERS_LIMIT, filters, allocator);
        return webSocket ? protocol.newMessageCodec(context) : protocol.newFrameCodec(context);
    }

    /** A whole message as its sender puts it on the connection. */
    byte[] message(MessageHeader header, byte[] body) {
        return message(header, body, FILTERS);
    }

    /** As {@link #message(MessageHeader, byte[])}, filtered in another way than the ids say. */
    byte[] message(MessageHeader header, byte[] body, TransferFilters filters) {
        ByteBuf out = Unpooled.buffer();
        newCodec(filters).encode(header, place -> place.writeBytes(body), out);
        return packet(ByteBufUtil.getBytes(out));
    }

    /** A CALL with the small body. */
    byte[] call(int sequence, String serviceMethod) {
        return message(header(MessageType.CALL.id(), sequence, serviceMethod), body());
    }

    MessageHeader header(int typeId, int sequence, String serviceMethod) {
        return new MessageHeader(
                sequence, typeId, serviceMethod, Status.OK, Metadata.empty(), codecId(), FilterIds.none());
    }

    /** What the transport makes of one message. */
    byte[] packet(byte[] message) {
        if (!webSocket) {
            return message;
        }
        ByteBuf frame = Unpooled.buffer().writeBytes(webSocketHead(message.length));
        // A mask of zeros changes nothing.
        return ByteBufUtil.getBytes(frame.writeBytes(message));
    }

    /** The first bytes of what announces this many bytes in its field for that, 0 to 2^32-1. */
    byte[] announcing(long number) {
        if (webSocket) {
            return webSocketHead(number);
        }
        if (this == HTTP) {
            return ("POST /echo HTTP/1.1\r\nContent-Length: " + number + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
        return Unpooled.copyInt((int) number).array();
    }

    /** What {@link #announcing} must be told for a frame of this many bytes in all. */
    long fieldFor(long frameSize) {
        if (webSocket || this == RAW) {
            return frameSize;
        }
        if (this == HTTP) {
            // Its number of digits is that of all the sizes asked for.
            return frameSize - announcing(frameSize).length;
        }
        return frameSize - Integer.BYTES;
    }

    /** The head of a masked binary frame. */
    private static byte[] webSocketHead(long length) {
        ByteBuf head = Unpooled.buffer().writeByte(0x82);
        if (length < 126) {
            head.writeByte(0x80 | (int) length);
        } else if (length <= 0xffff) {
            head.writeByte(0x80 | 126).writeShort((int) length);
        } else {
            head.writeByte(0x80 | 127).writeLong(length);
        }
        return ByteBufUtil.getBytes(head.writeInt(0));
    }
}
