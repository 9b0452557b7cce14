package io.teleport.plugin.secure;

import static io.teleport.testing.WireVectors.assertBytes;
import static io.teleport.testing.WireVectors.text;
import static io.teleport.testing.WireVectors.textOrNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.BodyTransform;
import io.teleport.codec.CodecException;
import io.teleport.codec.form.FormBodyCodec;
import io.teleport.codec.json.JsonBodyCodec;
import io.teleport.codec.plain.PlainBodyCodec;
import io.teleport.codec.protobuf.ProtobufBodyCodec;
import io.teleport.codec.thrift.ThriftBodyCodec;
import io.teleport.codec.xml.XmlBodyCodec;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import io.teleport.session.TestMessages;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every case of secure.json; what is written there is also read. */
@NeedsWireVectors
class SecureVectorTests {

    private static final ByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    private static final int STATUS_CODE = 100001;

    private static final String METHOD = "/math/add";

    private static final byte[] KEY = "cipherkey1234567".getBytes(StandardCharsets.US_ASCII);

    private static final Bodies BODIES = new Bodies(BodyCodecs.of(List.of(
            new JsonBodyCodec(),
            new ProtobufBodyCodec(),
            new FormBodyCodec(),
            new XmlBodyCodec(),
            new PlainBodyCodec(),
            new ThriftBodyCodec())));

    private final FrameCodec raw =
            new RawProtocol().newFrameCodec(new ProtocolContext(true, 1 << 20, TransferFilters.of(List.of()), POOL));

    static List<VectorCase> cases() {
        return WireVectors.cases("secure");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsRecorded(VectorCase vector) throws Throwable {
        KnownDifferences.compare(vector, () -> {
            switch (vector.string("kind")) {
                case "constants" -> compareConstants(vector.get("constants"));
                case "encrypt" -> compareEncryption(vector);
                case "decrypt" -> compareDecryption(vector);
                case "accept" -> compareAcceptance(vector);
                case "write-with-status" -> compareWritingWithStatus(vector);
                case "key" -> compareKey(vector);
                default -> throw new IllegalStateException("no test for the kind of " + vector.json());
            }
        });
    }

    @Test
    void allCasesAreThere() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(42);
    }

    private static void compareConstants(JsonNode constants) {
        assertThat(constants.required("meta_secure").asString()).isEqualTo(SecureMetadata.SECURE);
        assertThat(constants.required("meta_accept_secure").asString()).isEqualTo(SecureMetadata.ACCEPT_SECURE);
        ByteBuf json = Unpooled.buffer();
        EnvelopeForms.write(new Envelope("v", "c"), BODIES, 'j', json);
        assertThat(json.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"%s\":\"v\",\"%s\":\"c\"}"
                        .formatted(
                                constants.required("body_cipherversion").asString(),
                                constants.required("body_ciphertext").asString()));
    }

    private void compareEncryption(VectorCase vector) {
        SecurePlugin plugin = plugin(vector);
        OutgoingMessage message = outgoing(vector, vector.get("body_codec").asInt());

        plugin.preWriteCall(message);

        assertThat(message.metadata()).isEqualTo(metadata(vector.get("meta_after")));
        if (!vector.get("encrypted").asBoolean()) {
            assertBytes(written(message), vector.get("plain_hex"));
            return;
        }
        for (JsonNode body : vector.get("body_on_wire")) {
            compareBodyOnWire(vector, plugin, body);
        }
        if (vector.has("raw_packed_hex")) {
            compareFrame(vector, plugin, message);
        }
    }

    private void compareBodyOnWire(VectorCase vector, SecurePlugin plugin, JsonNode body) {
        int codec = body.required("codec_id").asInt();
        OutgoingMessage message = outgoing(vector, codec);
        plugin.preWriteCall(message);
        if (body.has("error")) {
            assertThatThrownBy(() -> written(message))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining(
                            "the " + body.required("codec").asString() + " codec cannot carry an encrypted body");
            return;
        }
        assertBytes(written(message), body.required("hex"));

        IncomingMessage read = TestMessages.incoming(BODIES, message.header());
        plugin.preReadCallBody(read);
        assertBytes(opened(read, WireVectors.bytes(body.required("hex"))), vector.get("plain_hex"));
    }

    private void compareFrame(VectorCase vector, SecurePlugin plugin, OutgoingMessage message) {
        ByteBuf frame = POOL.buffer();
        Message received = null;
        try {
            raw.encode(message.header(), message.bodyWriter(), frame);
            assertBytes(ByteBufUtil.getBytes(frame), vector.get("raw_packed_hex"));

            received = raw.decode(frame);
            IncomingMessage read = TestMessages.incoming(BODIES, received.header());
            plugin.preReadCallBody(read);
            assertBytes(opened(read, ByteBufUtil.getBytes(received.body())), vector.get("plain_hex"));
        } finally {
            frame.release();
            if (received != null) {
                received.release();
            }
        }
    }

    private static void compareDecryption(VectorCase vector) {
        IncomingMessage message = received(vector);
        plugin(vector).preReadCallBody(message);
        assertThat(message.bodyTransform() != null)
                .isEqualTo(vector.get("expects_ciphertext").asBoolean());
        assertThat(vector.has("panic")).as("panics in Go").isFalse();
        if (vector.has("status")) {
            JsonNode status = vector.get("status");
            assertThat(refusal(vector, message))
                    .isEqualTo(Status.of(
                            status.required("code").asInt(),
                            text(status.required("msg")),
                            textOrNull(status.required("cause"))));
        } else if (vector.has("body_hex")) {
            try {
                assertBytes(opened(message, envelope(vector)), vector.get("body_hex"));
            } catch (StatusException e) {
                throw new AssertionError("refused: " + e.getMessage(), e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    decrypt-empty-version-gives-empty-body | inconsistent encryption version, get:"", want:"1ba49884c59b16619f411c7c80343c9c"
                    decrypt-half-block                     | crypto/aes: input not full block
                    decrypt-padding-zero                   | remove pad error
                    """)
    void whatGoTakesOrFailsAtIsRefused(String name, String cause) {
        VectorCase vector = cases().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
        IncomingMessage message = received(vector);
        plugin(vector).preReadCallBody(message);

        assertThat(refusal(vector, message)).isEqualTo(Status.of(STATUS_CODE, "decrypt ciphertext error", cause));
    }

    private static Status refusal(VectorCase vector, IncomingMessage message) {
        return catchThrowableOfType(StatusException.class, () -> opened(message, envelope(vector)))
                .status();
    }

    private static void compareAcceptance(VectorCase vector) {
        SecurePlugin plugin = SecurePlugin.weakAsInGo(STATUS_CODE, KEY);
        IncomingMessage call = received(vector);

        plugin.preReadCallBody(call);

        assertThat(call.bodyTransform() != null)
                .isEqualTo(vector.get("expects_ciphertext").asBoolean());
        assertThat(call.metadata()).isEqualTo(metadata(vector.get("meta_after")));
        OutgoingMessage reply = OutgoingMessage.replyTo(call, Metadata.empty(), 'j', FilterIds.none(), new byte[] {1});
        plugin.preWriteReply(reply);
        assertThat(written(reply).length > 1)
                .isEqualTo(vector.get("reply_encrypted").asBoolean());
        assertThat(reply.metadata()).isEqualTo(metadata(vector.get("reply_meta")));
    }

    private static void compareWritingWithStatus(VectorCase vector) {
        JsonNode status = vector.get("status");
        OutgoingMessage message = TestMessages.outgoing(
                BODIES, TestMessages.call(METHOD, metadata(vector.get("meta_before")), 'j'), new byte[] {1});
        message.status(Status.of(
                status.required("code").asInt(), text(status.required("msg")), textOrNull(status.required("cause"))));

        SecurePlugin.weakAsInGo(STATUS_CODE, KEY).preWriteReply(message);

        assertThat(written(message).length > 1)
                .isEqualTo(vector.get("encrypted").asBoolean());
        assertThat(message.metadata()).isEqualTo(metadata(vector.get("meta_after")));
    }

    private static void compareKey(VectorCase vector) {
        byte[] key = text(vector.get("key")).getBytes(StandardCharsets.UTF_8);
        if (vector.has("error")) {
            assertThatThrownBy(() -> SecurePlugin.weakAsInGo(STATUS_CODE, key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Key of " + key.length + " bytes (expected 16, 24 or 32)");
        } else {
            assertThat(new GoEcb(key).version()).isEqualTo(vector.string("cipherversion"));
        }
    }

    private static SecurePlugin plugin(VectorCase vector) {
        return SecurePlugin.weakAsInGo(STATUS_CODE, WireVectors.bytes(vector.get("key_hex")));
    }

    private static OutgoingMessage outgoing(VectorCase vector, int codec) {
        MessageHeader header = TestMessages.call(METHOD, metadata(vector.get("meta_before")), codec);
        return TestMessages.outgoing(BODIES, header, WireVectors.bytes(vector.get("plain_hex")));
    }

    private static IncomingMessage received(VectorCase vector) {
        return TestMessages.incoming(BODIES, TestMessages.call(METHOD, metadata(vector.get("meta_before")), 'j'));
    }

    private static byte[] envelope(VectorCase vector) {
        return "{\"cipherversion\":\"%s\",\"ciphertext\":\"%s\"}"
                .formatted(vector.string("cipherversion"), vector.string("ciphertext"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Metadata metadata(JsonNode pairs) {
        Metadata.Builder metadata = Metadata.builder();
        for (JsonNode pair : pairs) {
            metadata.add(text(pair.required(0)), text(pair.required(1)));
        }
        return metadata.build();
    }

    private static byte[] written(OutgoingMessage message) {
        ByteBuf out = POOL.buffer();
        try {
            message.bodyWriter().writeTo(out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    private static byte[] opened(IncomingMessage message, byte[] body) {
        BodyTransform transform = message.bodyTransform();
        assertThat(transform).isNotNull();
        ByteBuf received = POOL.buffer().writeBytes(body);
        ByteBuf changed = null;
        try {
            changed = BODIES.change(received, transform);
            return ByteBufUtil.getBytes(changed);
        } finally {
            received.release();
            if (changed != null) {
                changed.release();
            }
        }
    }
}
