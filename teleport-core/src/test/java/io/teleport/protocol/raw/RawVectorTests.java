package io.teleport.protocol.raw;

import static io.teleport.testing.WireVectors.assertBytes;
import static io.teleport.testing.WireVectors.text;
import static io.teleport.testing.WireVectors.textOrNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.CodecException;
import io.teleport.codec.json.JsonBodyCodec;
import io.teleport.codec.plain.PlainBodyCodec;
import io.teleport.filter.TransferFilters;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.ProtocolContext;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every case of raw.json, in both directions. */
@NeedsWireVectors
class RawVectorTests {

    private static final ByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    private static final TransferFilters FILTERS =
            TransferFilters.of(List.of(new GzipFilter('g', "gzip-5", 5), new Md5Filter('m')));

    private static final Bodies BODIES = new Bodies(BodyCodecs.of(List.of(new JsonBodyCodec(), new PlainBodyCodec())));

    private static final int LIMIT = 16 * 1024 * 1024;

    private final FrameCodec codec = new RawProtocol().newFrameCodec(new ProtocolContext(true, LIMIT, FILTERS, POOL));

    static List<VectorCase> cases() {
        return WireVectors.cases("raw");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isPackedAsRecorded(VectorCase vector) throws Throwable {
        KnownDifferences.compare(vector, () -> {
            if (!vector.get("error").isNull()) {
                assertRefused(vector);
                return;
            }
            byte[] frame = pack(vector);
            if (vector.get("byte_exact").asBoolean()) {
                assertBytes(frame, vector.get("packed_hex"));
                assertThat(frame).hasSize(vector.get("size").asInt());
            }
            if (vector.has("pipe_input_hex")) {
                assertBytes(undoPipe(vector, frame), vector.get("pipe_input_hex"));
            }
            assertUnpacksTo(vector, frame, frame.length);
        });
    }

    /** Frames that Go wrote and read back. Long ones are recorded by their hash only: those we have once our own have the same hash. */
    static List<VectorCase> recordedFrames() {
        return cases().stream()
                .filter(vector -> vector.get("error").isNull())
                .filter(vector -> vector.get("packed_hex").isString())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordedFrames")
    void isUnpackedAsRecorded(VectorCase vector) {
        assertThat(vector.get("go_roundtrip").asBoolean()).isTrue();
        assertUnpacksTo(
                vector,
                WireVectors.bytes(vector.get("packed_hex")),
                vector.get("go_unpacked_size").asInt());
    }

    private void assertRefused(VectorCase vector) {
        String error = vector.string("error");
        switch (vector.name()) {
            case "service-method-256" ->
                assertThatThrownBy(() -> encode(vector, body(vector)))
                        .isInstanceOf(EncodeException.class)
                        .hasMessageContaining("255");
            case "body-codec-unregistered" ->
                assertThatThrownBy(() -> encode(vector, BODIES.writer("no bytes", 0)))
                        .isInstanceOf(CodecException.class)
                        .hasMessage(error);
            default -> throw new AssertionError("no test for the error " + error);
        }
    }

    private byte[] pack(VectorCase vector) {
        try {
            return encode(vector, body(vector));
        } catch (EncodeException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
    }

    private byte[] encode(VectorCase vector, BodyWriter body) {
        ByteBuf out = POOL.buffer();
        try {
            codec.encode(header(vector), body, out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    private static BodyWriter body(VectorCase vector) {
        return BODIES.writer(
                WireVectors.bytes(vector.get("body_hex")),
                vector.get("body_codec").asInt());
    }

    private void assertUnpacksTo(VectorCase vector, byte[] frame, int size) {
        ByteBuf in = POOL.buffer().writeBytes(frame).writeByte('!');
        Message message = codec.decode(in);
        try {
            assertThat(in.readableBytes()).as("bytes left").isOne();
            assertThat(message).isNotNull();
            assertThat(message.header()).isEqualTo(header(vector));
            assertBytes(ByteBufUtil.getBytes(message.body()), vector.get("body_hex"));
            assertThat(message.size()).isEqualTo(size);
        } finally {
            in.release();
            if (message != null) {
                message.release();
            }
        }
    }

    private static byte[] undoPipe(VectorCase vector, byte[] frame) {
        FilterIds pipe = pipe(vector);
        int start = 5 + pipe.size();
        ByteBuf filtered = POOL.buffer().writeBytes(frame, start, frame.length - start);
        ByteBuf content = FILTERS.decode(pipe, filtered, POOL, LIMIT);
        try {
            return ByteBufUtil.getBytes(content);
        } finally {
            content.release();
        }
    }

    private static FilterIds pipe(VectorCase vector) {
        return FilterIds.of(
                vector.get("xfer_pipe").valueStream().mapToInt(JsonNode::asInt).toArray());
    }

    private static MessageHeader header(VectorCase vector) {
        JsonNode status = vector.get("status");
        Metadata.Builder metadata = Metadata.builder();
        for (JsonNode pair : vector.get("meta")) {
            metadata.add(text(pair.required(0)), text(pair.required(1)));
        }
        return new MessageHeader(
                vector.get("seq").asInt(),
                vector.get("mtype").asInt(),
                text(vector.get("service_method")),
                status.isNull()
                        ? Status.OK
                        : Status.of(
                                status.required("code").asInt(),
                                text(status.required("msg")),
                                textOrNull(status.required("cause"))),
                metadata.build(),
                vector.get("body_codec").asInt(),
                pipe(vector));
    }
}
