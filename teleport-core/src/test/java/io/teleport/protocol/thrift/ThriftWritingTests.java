package io.teleport.protocol.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.filter.TransferFilters;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThriftWritingTests {

    private static final Protocol BINARY = new ThriftBinaryProtocol();

    private static final Protocol STRUCT = new ThriftStructProtocol();

    private static final int LIMIT = 32 << 20;

    private static byte[] write(Protocol protocol, MessageHeader header, BodyWriter body) {
        ProtocolContext context =
                new ProtocolContext(true, LIMIT, TransferFilters.of(List.of()), PooledByteBufAllocator.DEFAULT);
        ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer();
        try {
            protocol.newFrameCodec(context).encode(header, body, out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    private static MessageHeader header(MessageType type, Metadata metadata, int bodyCodec) {
        return new MessageHeader(1, type.id(), "", Status.OK, metadata, bodyCodec, FilterIds.none());
    }

    private static MessageHeader call(Metadata metadata) {
        return header(MessageType.CALL, metadata, 0);
    }

    /** Metadata of this many bytes. */
    private static Metadata metadata(int length) {
        return Metadata.of("k", "v".repeat(length - 2));
    }

    /** Everything in the block but the metadata. */
    private static final int REST_OF_BLOCK = 60;

    @Test
    void headersOf262140BytesFitAndOneMoreDoesNot() {
        int longest = 262_140 - REST_OF_BLOCK;
        byte[] frame = write(BINARY, call(metadata(longest)), BodyWriter.EMPTY);
        assertThat(frame).hasSize(4 + 8 + 2 + 262_140 + 12 + 4);
        assertThat(HexFormat.of().formatHex(frame, 12, 14)).isEqualTo("ffff");

        assertThatThrownBy(() -> write(BINARY, call(metadata(longest + 1)), BodyWriter.EMPTY))
                .isInstanceOf(EncodeException.class)
                .hasMessage(
                        "thrift: status and metadata take 262144 bytes of headers or more; the protocol has room for 262140");
        assertThatThrownBy(() -> write(STRUCT, call(metadata(3 << 20)), BodyWriter.EMPTY))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("3145728 bytes of headers or more");
    }

    @Test
    void aFrameThatGoDoesNotReadIsRefused() {
        int rest = write(BINARY, call(Metadata.empty()), BodyWriter.EMPTY).length - 4;
        BodyWriter longest = out -> out.writeZero(16_384_000 - rest);
        assertThat(write(BINARY, call(Metadata.empty()), longest)).hasSize(4 + 16_384_000);

        assertThatThrownBy(() -> write(BINARY, call(Metadata.empty()), longest(rest)))
                .isInstanceOf(EncodeException.class)
                .hasMessage("thrift: frame of 16384001 bytes is longer than the 16384000 that Go reads");
    }

    private static BodyWriter longest(int rest) {
        return out -> out.writeZero(16_384_001 - rest);
    }

    @ParameterizedTest
    @CsvSource({"AUTH_CALL, 4", "AUTH_REPLY, 5", "UNDEFINED, 0"})
    void aTypeThatGoReadsAsPushIsRefused(MessageType type, int id) {
        for (Protocol protocol : List.of(BINARY, STRUCT)) {
            assertThatThrownBy(() -> write(protocol, header(type, Metadata.empty(), 0), BodyWriter.EMPTY))
                    .isInstanceOf(EncodeException.class)
                    .hasMessage("thrift: the protocol carries CALL, REPLY and PUSH, not " + type.text() + " (type " + id
                            + ")");
        }
    }

    /** Go reads the first byte of the header. */
    @Test
    void aCodecIdFrom128UpIsOneByte() {
        byte[] frame = write(BINARY, header(MessageType.CALL, Metadata.empty(), 200), BodyWriter.EMPTY);

        assertThat(HexFormat.of().formatHex(frame)).contains("0c54702d426f6479436f64656301c80b54702d58666572");
    }

    @Test
    void noBodyIsAStructWithoutFields() {
        byte[] frame = write(STRUCT, call(Metadata.empty()), BodyWriter.EMPTY);

        assertThat(HexFormat.of().formatHex(frame)).endsWith("80010001" + "00000000" + "00000001" + "00");
    }

    @Test
    void whatThriftStructDoesNotCarryIsRefused() {
        BodyWriter struct = out -> out.writeByte(0);
        MessageHeader filtered = new MessageHeader(1, 1, "", Status.OK, Metadata.empty(), 't', FilterIds.of('m'));

        assertThatThrownBy(() -> write(STRUCT, header(MessageType.CALL, Metadata.empty(), 'j'), struct))
                .isInstanceOf(EncodeException.class)
                .hasMessage("thrift: body codec must be thrift (116) in the protocol thrift-struct, not 106");
        assertThatThrownBy(() -> write(STRUCT, filtered, struct))
                .isInstanceOf(EncodeException.class)
                .hasMessage("thrift: the protocol thrift-struct has no transfer filters, the message has [109]");
        assertThatThrownBy(() -> write(STRUCT, call(Metadata.empty()), out -> out.writeByte('{')))
                .isInstanceOf(EncodeException.class)
                .hasMessage("thrift: body is no struct, as the protocol thrift-struct demands");
        assertThatThrownBy(() -> write(STRUCT, call(Metadata.empty()), out -> out.writeShort(0)))
                .isInstanceOf(EncodeException.class)
                .hasMessage("thrift: body is a struct of 1 bytes and 1 bytes more");
    }
}
