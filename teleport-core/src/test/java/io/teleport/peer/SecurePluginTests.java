package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.codec.BodyTransform;
import io.teleport.filter.AesGcmKeys;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.plugin.PreWriteCallHook;
import io.teleport.plugin.PreWriteReplyHook;
import io.teleport.plugin.secure.SecureMetadata;
import io.teleport.plugin.secure.SecurePlugin;
import io.teleport.router.Ordering;
import io.teleport.session.OutgoingMessage;
import io.teleport.session.Reply;
import io.teleport.session.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted bodies between two peers. */
class SecurePluginTests extends PeerPair {

    private static final int CODE = 100001;

    private static final String WEAK = "1ba49884c59b16619f411c7c80343c9c";

    record Point(int x, int y) {}

    record Odd(double unwritable) {}

    private final List<Object> handled = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Object> pushed = new CompletableFuture<>();

    @Override
    String address() {
        return "local://secure";
    }

    private static SecurePlugin weak() {
        return SecurePlugin.weakAsInGo(CODE, "cipherkey1234567".getBytes(StandardCharsets.US_ASCII));
    }

    private static SecurePlugin gcm() {
        return SecurePlugin.aesGcm(CODE, AesGcmKeys.of("k1", Map.of("k1", new byte[32])));
    }

    private static SecurePlugin otherGcm() {
        byte[] key = new byte[32];
        key[0] = 1;
        return SecurePlugin.aesGcm(CODE, AesGcmKeys.of("k1", Map.of("k1", key)));
    }

    private static UnaryOperator<PeerBuilder> with(SecurePlugin plugin) {
        return options -> options.plugin(plugin);
    }

    private void connect(SecurePlugin both) {
        connectAnd(with(both), with(both));
    }

    private void connectAnd(UnaryOperator<PeerBuilder> serverOptions, UnaryOperator<PeerBuilder> clientOptions) {
        connect(serverOptions, clientOptions);
        server.router()
                .call("/point", Point.class, (context, point) -> {
                    handled.add(context.metadata().toBuilder()
                            .remove("X-Timeout-Ms")
                            .build());
                    return new Point(point.y(), point.x());
                })
                .call("/text", StringValue.class, (context, text) -> StringValue.of(text.getValue() + "!"))
                .call("/bytes", byte[].class, (context, bytes) -> bytes)
                .call("/lent", ByteBuf.class, (context, bytes) -> bytes)
                .call("/nothing", void.class, (context, none) -> null)
                .call("/size", String.class, (context, text) -> text.length())
                .call("/plain", Point.class, (context, point) -> {
                    context.replyCodec("plain");
                    return point;
                })
                .call("/odd", Point.class, (context, point) -> new Odd(Double.NaN))
                .call("/enforced", Point.class, (context, point) -> {
                    context.replyMeta(SecureMetadata.SECURE, SecureMetadata.TRUE);
                    return point;
                })
                .call("/refuse", Point.class, (context, point) -> {
                    throw Status.of(7, "refused", "cause").toException();
                })
                .push("/push", Point.class, (context, point) -> {
                    handled.add(point);
                    pushed.complete(point);
                });
    }

    private Request secure(String serviceMethod) {
        return session.request(serviceMethod).metadata(SecureMetadata.ENCRYPTED);
    }

    static List<Arguments> everyCodecAndFilter() {
        List<Arguments> all = new ArrayList<>();
        for (SecurePlugin plugin : List.of(weak(), gcm(), weak().required(), gcm().required())) {
            for (String codec : List.of("json", "form", "xml", "protobuf")) {
                all.add(Arguments.of(plugin, codec, false));
                all.add(Arguments.of(plugin, codec, true));
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0} {1}, gzip {2}")
    @MethodSource("everyCodecAndFilter")
    void callsAndTheirRepliesAreEncrypted(SecurePlugin plugin, String codec, boolean gzip) {
        connect(plugin);
        boolean isProtobuf = codec.equals("protobuf");
        Request request = secure(isProtobuf ? "/text" : "/point").codec(codec);
        if (gzip) {
            request.filter("gzip");
        }

        Reply<?> reply = isProtobuf
                ? request.call(StringValue.of("a"), StringValue.class)
                : request.call(new Point(1, 2), Point.class);

        assertThat(reply.body()).isEqualTo(isProtobuf ? StringValue.of("a!") : new Point(2, 1));
        assertThat(reply.metadata()).isEqualTo(SecureMetadata.ENCRYPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "protobuf", "thrift-binary"})
    void everyProtocolThatCarriesTheCodecsCarriesEncryptedBodies(String protocol) {
        connectAnd(
                options -> options.protocol(protocol).plugin(gcm()),
                options -> options.protocol(protocol).plugin(gcm()));

        assertThat(secure("/point").call(new Point(1, 2), Point.class).body()).isEqualTo(new Point(2, 1));
    }

    static List<SecurePlugin> both() {
        return List.of(weak(), gcm());
    }

    @ParameterizedTest
    @MethodSource("both")
    void pushesAreEncrypted(SecurePlugin plugin) throws Exception {
        connect(plugin);

        soon(secure("/push").push(new Point(1, 2)));

        assertThat(soon(pushed)).isEqualTo(new Point(1, 2));
    }

    @ParameterizedTest
    @MethodSource("both")
    void bodiesOfEveryKindComeBack(SecurePlugin plugin) {
        connect(plugin);
        byte[] bytes = {0, 1, (byte) 0xff};

        assertThat(secure("/bytes").call(bytes, byte[].class).body()).isEqualTo(bytes);
        assertThat(secure("/lent").call(bytes, byte[].class).body()).isEqualTo(bytes);
        assertThat(secure("/nothing").call(null, String.class).body()).isNull();
        assertThat(secure("/size").call("four", int.class).body()).isEqualTo(4);
        assertThat(secure("/size").call(null, Integer.class).body()).isZero();
        ByteBuf lent = secure("/lent").call(bytes, ByteBuf.class).body();
        try {
            assertThat(ByteBufUtil.getBytes(lent)).isEqualTo(bytes);
        } finally {
            lent.release();
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void aCallWithoutResultTypeCompletes(SecurePlugin plugin) throws Exception {
        connect(plugin);

        assertThat(secure("/point").call(new Point(1, 2), void.class).status()).isEqualTo(Status.OK);
        assertThat(soon(secure("/point").callAsync(new Point(1, 2), Void.class)).status())
                .isEqualTo(Status.OK);
    }

    @Test
    void theCallSaysWhetherItsReplyIsEncrypted() {
        connect(gcm());
        assertThat(metadataOfReply(Metadata.empty())).isEqualTo(Metadata.empty());
        assertThat(metadataOfReply(SecureMetadata.ENCRYPTED)).isEqualTo(SecureMetadata.ENCRYPTED);
        assertThat(metadataOfReply(SecureMetadata.ENCRYPTED_REPLY)).isEqualTo(SecureMetadata.ENCRYPTED);
        assertThat(metadataOfReply(SecureMetadata.ENCRYPTED_CALL_ONLY)).isEqualTo(Metadata.empty());
        assertThat(handled)
                .containsExactly(
                        Metadata.empty(),
                        SecureMetadata.ENCRYPTED,
                        SecureMetadata.ENCRYPTED_REPLY,
                        SecureMetadata.ENCRYPTED_CALL_ONLY);
    }

    private Metadata metadataOfReply(Metadata ofCall) {
        Reply<Point> reply = session.request("/point").metadata(ofCall).call(new Point(1, 2), Point.class);
        assertThat(reply.body()).isEqualTo(new Point(2, 1));
        return reply.metadata();
    }

    @Test
    void aMarkThatSaysNoIsRemoved() {
        connectAnd(with(gcm()), options -> options);

        assertThat(session.request("/point")
                        .meta("X-Secure", "TRUE")
                        .call(new Point(1, 2), Point.class)
                        .isOk())
                .isTrue();

        assertThat(handled).containsExactly(Metadata.empty());
    }

    @Test
    void aHandlerCanEncryptItsReply() {
        connect(gcm());

        Reply<Point> reply = session.request("/enforced").call(new Point(1, 2), Point.class);

        assertThat(reply.body()).isEqualTo(new Point(1, 2));
        assertThat(reply.metadata()).isEqualTo(SecureMetadata.ENCRYPTED);
    }

    @ParameterizedTest
    @MethodSource("both")
    void errorRepliesAreNotEncrypted(SecurePlugin plugin) {
        connect(plugin.required());

        Reply<Point> reply = secure("/refuse").call(new Point(1, 2), Point.class);

        assertThat(reply.status()).isEqualTo(Status.of(7, "refused", "cause"));
        assertThat(reply.metadata()).isEqualTo(Metadata.empty());
        assertThat(secure("/nowhere")
                        .call(new Point(1, 2), Point.class)
                        .status()
                        .code())
                .isEqualTo(404);
    }

    @Test
    void anotherKeyIsRefusedInGosWords() {
        SecurePlugin other =
                SecurePlugin.weakAsInGo(CODE, "cipherkey1234567abcdefgh".getBytes(StandardCharsets.US_ASCII));
        connectAnd(with(weak()), with(other));

        assertThat(secure("/point").call(new Point(1, 2), Point.class).status())
                .isEqualTo(inconsistent("a288e9580b14fe4e8c58e2546fb25e11", WEAK));
        // And for a reply, which is encrypted with the key of the callee.
        assertThat(session.request("/point")
                        .metadata(SecureMetadata.ENCRYPTED_REPLY)
                        .call(new Point(1, 2), Point.class)
                        .status())
                .isEqualTo(inconsistent(WEAK, "a288e9580b14fe4e8c58e2546fb25e11"));
    }

    @Test
    void theTwoMannersDoNotReadEachOther() {
        connectAnd(with(weak()), with(gcm()));

        assertThat(secure("/point").call(new Point(1, 2), Point.class).status())
                .isEqualTo(inconsistent("aes-gcm-k1", WEAK));
    }

    private static Status inconsistent(String got, String want) {
        return Status.of(
                CODE,
                "decrypt ciphertext error",
                "inconsistent encryption version, get:\"" + got + "\", want:\"" + want + "\"");
    }

    @Test
    void aPushUnderAnotherKeyIsNotHandled() throws Exception {
        connectAnd(options -> options.plugin(gcm()).ordering(Ordering.SESSION), with(otherGcm()));

        soon(secure("/push").push(new Point(1, 2)));

        session.push("/push", new Point(3, 4));
        assertThat(soon(pushed)).isEqualTo(new Point(3, 4));
        assertThat(handled).containsExactly(new Point(3, 4));
    }

    @Test
    void aChangedCallIsRefused() {
        connectAnd(with(gcm()), options -> options.plugin(gcm()).plugin(new Tampering()));

        assertThat(secure("/point").call(new Point(1, 2), Point.class).status()).isEqualTo(changed());
        assertThat(handled).isEmpty();
    }

    @Test
    void aChangedReplyIsRefused() {
        connectAnd(options -> options.plugin(gcm()).plugin(new Tampering()), with(gcm()));

        assertThat(secure("/point").call(new Point(1, 2), Point.class).status()).isEqualTo(changed());
    }

    private static Status changed() {
        return Status.of(
                CODE, "decrypt ciphertext error", "check failed, this is not what was encrypted for this message");
    }

    /** Changes a character of the ciphertext, after it was encrypted. */
    private static final class Tampering implements PreWriteCallHook, PreWriteReplyHook {

        @Override
        public String name() {
            return "tampering";
        }

        @Override
        public void preWriteCall(OutgoingMessage call) {
            call.addBodyTransform(tamper());
        }

        @Override
        public void preWriteReply(OutgoingMessage reply) {
            reply.addBodyTransform(tamper());
        }

        private static BodyTransform tamper() {
            return (in, out, limit) -> {
                int at = in.readableBytes() - 10;
                out.writeBytes(in, in.readerIndex(), in.readableBytes());
                int changed = out.writerIndex() - 10;
                out.setByte(changed, in.getByte(in.readerIndex() + at) == 'A' ? 'B' : 'A');
            };
        }
    }

    @Test
    void aSideWithoutThePluginSeesTheEnvelopeAndNothingOfTheBody() {
        connectAnd(options -> options, with(weak()));

        byte[] seen = secure("/bytes")
                .metadata(Metadata.of(SecureMetadata.ACCEPT_SECURE, SecureMetadata.FALSE))
                .call("secret", byte[].class)
                .body();

        assertThat(new String(seen, StandardCharsets.US_ASCII))
                .matches("\\{\"cipherversion\":\"" + WEAK + "\",\"ciphertext\":\"[0-9a-f]{32}\"}");
    }

    @Test
    void anEnvelopeIsGoodForItsOwnServiceMethodOnly() {
        connectAnd(options -> options, with(gcm()));
        byte[] envelope = secure("/bytes").call("secret", byte[].class).body();
        server.close();
        client.close();

        connectAnd(with(gcm()), options -> options);

        // A message that is repeated is not noticed; this shows that nothing else is wrong with it.
        assertThat(secure("/bytes").call(envelope, byte[].class).isOk()).isTrue();
        assertThat(secure("/lent").call(envelope, byte[].class).status()).isEqualTo(changed());
    }

    @Test
    void whereItIsRequiredNothingElseIsTaken() throws Exception {
        connectAnd(options -> options.plugin(gcm().required()).ordering(Ordering.SESSION), with(gcm()));
        Status refusal = Status.of(CODE, "decrypt ciphertext error", "the body is not encrypted, as it has to be here");

        assertThat(session.request("/point").call(new Point(1, 2), Point.class).status())
                .isEqualTo(refusal);
        assertThat(session.request("/nothing").call(null, String.class).status())
                .isEqualTo(refusal);
        session.push("/push", new Point(1, 2));
        soon(secure("/push").push(new Point(3, 4)));
        assertThat(soon(pushed)).isEqualTo(new Point(3, 4));
        assertThat(handled).containsExactly(new Point(3, 4));
    }

    @Test
    void whereItIsRequiredAnUnencryptedReplyIsRefused() {
        connectAnd(options -> options, with(gcm().required()));

        assertThat(session.request("/bytes")
                        .call("secret", byte[].class)
                        .status()
                        .msg())
                .isEqualTo("decrypt ciphertext error");
    }

    @Test
    void whereItIsRequiredAReplyCannotBeDeclined() {
        connectAnd(with(gcm()), with(gcm().required()));

        Reply<Point> reply = session.request("/point")
                .metadata(SecureMetadata.ENCRYPTED_CALL_ONLY)
                .call(new Point(1, 2), Point.class);

        assertThat(reply.body()).isEqualTo(new Point(2, 1));
        assertThat(handled).containsExactly(SecureMetadata.ENCRYPTED);
    }

    @Test
    void whatTheCodecCannotCarryIsNotSent() {
        connect(weak());

        assertThat(secure("/point").codec("plain").call("text", String.class).status())
                .isEqualTo(
                        Status.builtIn(
                                104,
                                "secure: the plain codec cannot carry an encrypted body (expected json, protobuf, form or xml)"));
        assertThat(secure("/plain").call(new Point(1, 2), Point.class).status().code())
                .isEqualTo(500);
        assertThat(secure("/plain").call(new Point(1, 2), Point.class).status().cause())
                .startsWith("plain");
    }

    @Test
    void whatCannotBeEncodedIsReportedAsInGo() {
        connect(weak());

        Status ofCall = secure("/odd").call(new Odd(Double.NaN), Point.class).status();
        assertThat(ofCall.code()).isEqualTo(CODE);
        assertThat(ofCall.msg()).isEqualTo("marshal raw body error");
        Status ofReply = secure("/odd").call(new Point(1, 2), Point.class).status();
        assertThat(ofReply).isEqualTo(Status.builtIn(500, ofCall.cause()));
    }

    @Test
    void whatCannotBeDecodedIsReportedAsInGo() {
        connect(weak());

        Status ofCall = secure("/point").call("no point", Point.class).status();
        assertThat(ofCall.code()).isEqualTo(CODE);
        assertThat(ofCall.msg()).isEqualTo("unmarshal raw body error");
        Status ofReply = secure("/point").call(new Point(1, 2), String.class).status();
        assertThat(ofReply.code()).isEqualTo(CODE);
        assertThat(ofReply.msg()).isEqualTo("unmarshal raw body error");
    }

    @Test
    void aBodyThatIsNoEnvelopeIsRefused() {
        connectAnd(with(weak()), options -> options);

        assertThat(secure("/point").call(List.of(1), Point.class).status().code())
                .isEqualTo(400);
        assertThat(secure("/point").call(new Point(1, 2), Point.class).status()).isEqualTo(inconsistent("", WEAK));
        assertThat(secure("/point").call(null, Point.class).status()).isEqualTo(inconsistent("", WEAK));
    }

    @Test
    void aMegabyteIsCarried() {
        connect(gcm());
        byte[] bytes = new byte[1 << 20];

        assertThat(secure("/bytes")
                        .filter("gzip")
                        .filter("md5")
                        .call(bytes, byte[].class)
                        .body())
                .isEqualTo(bytes);
    }
}
