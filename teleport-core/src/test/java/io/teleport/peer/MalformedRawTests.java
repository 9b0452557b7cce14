package io.teleport.peer;

import static io.teleport.testing.WireVectors.text;
import static io.teleport.testing.WireVectors.textOrNull;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.plugin.PostDisconnectHook;
import io.teleport.plugin.PostReadCallBodyHook;
import io.teleport.session.IncomingMessage;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every case of malformed-raw.json, sent to a listening peer over TCP. */
@NeedsWireVectors
class MalformedRawTests {

    /** The stream ends before the frame does: nothing is wrong with the bytes, the other side just left. */
    private static final Set<String> UNFINISHED = Set.of(
            "empty-input", "size-field-cut", "truncated-body", "truncated-after-pipe-length", "size-larger-than-data");

    /** What is said of the others. */
    private static final Map<String, String> FOUND = Map.ofEntries(
            entry("size-0", "frame size 0 is too small"),
            entry("size-3", "frame size 3 is too small"),
            entry("size-4-only", "frame size 4 is too small"),
            entry("size-4-then-more", "frame size 4 is too small"),
            entry("size-5", "frame ends inside its header: length of the sequence takes 1 bytes, 0 are left"),
            entry("size-6-seq-length-only", "sequence takes 1 bytes, 0 are left"),
            entry("size-too-large-limit", "frame of 65 bytes exceeds the message limit of 64"),
            entry("size-max", "frame of 4294967295 bytes exceeds the message limit of 16777216"),
            entry("xfer-length-beyond-size", "frame names 200 transfer filters but holds only 5 bytes"),
            entry("xfer-length-equals-rest", "md5: check failed, 0 bytes cannot hold a digest"),
            entry("xfer-length-one-too-long", "frame names 2 transfer filters but holds only 1 bytes"),
            entry("xfer-length-reaches-into-next-frame", "frame names 3 transfer filters but holds only 1 bytes"),
            entry("xfer-unknown-id", "unsupported transfer filter id: 63"),
            entry("xfer-unknown-second-id", "check failed"),
            entry("seq-length-0", "sequence \"\" is not a base 36 number"),
            entry("seq-not-base36", "sequence \"1!\" is not a base 36 number"),
            entry("seq-too-big", "sequence \"zik0zk\" does not fit 32 bits"),
            entry("seq-minus-only", "sequence \"-\" is not a base 36 number"),
            entry("seq-length-one-too-long-at-end", "sequence takes 2 bytes, 1 are left"),
            entry("seq-length-overruns", "sequence takes 255 bytes, 23 are left"),
            entry("service-method-length-overruns", "service method takes 255 bytes, 20 are left"),
            entry("status-length-overruns", "status takes 65535 bytes, 16 are left"),
            entry("meta-length-overruns", "metadata takes 65535 bytes, 8 are left"),
            entry("meta-length-one-too-long-no-body", "body codec takes 1 bytes, 0 are left"),
            entry("no-body-codec", "body codec takes 1 bytes, 0 are left"),
            entry("status-length-field-cut", "length of the status takes 2 bytes, 1 are left"),
            entry("meta-length-field-cut", "length of the metadata takes 2 bytes, 1 are left"),
            entry("mtype-missing", "message type takes 1 bytes, 0 are left"),
            entry("service-method-length-one-too-long", "service method takes 2 bytes, 1 are left"),
            entry("md5-mismatch", "md5: check failed, the digest does not match"),
            entry("md5-too-short", "md5: check failed, 5 bytes cannot hold a digest"),
            entry("md5-of-empty", "length of the sequence takes 1 bytes, 0 are left"),
            entry("gzip-garbage", "gzip: invalid header: found 01 37"),
            entry("gzip-truncated", "gzip: stream ends inside"),
            entry("gzip-bad-checksum", "gzip: invalid checksum"),
            entry("gzip-no-data", "length of the sequence takes 1 bytes, 0 are left"),
            entry("protocol-version-byte-present", "unsupported transfer filter id: 0"));

    private static final Set<String> ABOVE_A_LIMIT = Set.of("size-too-large-limit", "size-max");

    private final Recorder recorder = new Recorder();

    static List<VectorCase> cases() {
        return WireVectors.cases("malformed-raw");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefusedOrReadAsItShould(VectorCase vector) throws Throwable {
        int limit = vector.has("size_limit") ? vector.get("size_limit").asInt() : PeerDefaults.MESSAGE_LIMIT;
        // The peer refuses limits as small as the one of the case; the frame decides there anyway.
        int peerLimit = Math.max(limit, 64);
        try (Peer server = server(peerLimit);
                Peer client = Peer.builder().messageLimit(peerLimit).build()) {
            Session bystander = client.dial("tcp://127.0.0.1:" + server.port());
            SocketSnapshot closed;
            try (WireClient wire = new WireClient(server)) {
                wire.send(WireVectors.bytes(vector.get("frame_hex")));
                if (isReadable(vector)) {
                    wire.awaitReply();
                }
                wire.endOfStream();
                closed = recorder.awaitClosed(server);
            }

            KnownDifferences.compare(vector, () -> assertOutcome(vector, closed));
            assertThat(bystander.call("/echo", "unharmed", String.class)).isEqualTo("unharmed");
            assertThat(server.sockets().openCount()).isOne();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lenient")
    void percentBeforeByteFfIsTakenLiterally(String name, String decodedText) throws Exception {
        VectorCase vector = cases().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (Peer server = server(PeerDefaults.MESSAGE_LIMIT);
                WireClient wire = new WireClient(server)) {
            wire.send(WireVectors.bytes(vector.get("frame_hex")));
            wire.awaitReply();
            wire.endOfStream();
            SocketSnapshot closed = recorder.awaitClosed(server);

            assertThat(closed.closeReason()).isEqualTo(CloseReason.REMOTE);
            Received received = recorder.awaitReceived();
            assertThat(List.of(
                            received.header().status().msg(),
                            received.header().metadata().get("k", "")))
                    .contains(decodedText);
        }
    }

    static List<Arguments> lenient() {
        // Byte 0xff is no UTF-8; it is kept as the lone surrogate that stands for it.
        return List.of(Arguments.of("status-percent-ff", "%\udcff0"), Arguments.of("meta-percent-ff", "%\udcff0"));
    }

    private static boolean isReadable(VectorCase vector) {
        return vector.get("cold").required("outcome").asString().equals("ok");
    }

    private void assertOutcome(VectorCase vector, SocketSnapshot closed) throws InterruptedException {
        JsonNode cold = vector.get("cold");
        if (isReadable(vector)) {
            assertThat(closed.closeReason()).isEqualTo(CloseReason.REMOTE);
            assertThat(closed.framesIn()).isOne();
            assertDecoded(recorder.awaitReceived(), cold.required("decoded"));
            return;
        }
        assertThat(closed.framesIn()).isZero();
        assertThat(recorder.received).isEmpty();
        if (UNFINISHED.contains(vector.name())) {
            assertThat(closed.closeReason()).isEqualTo(CloseReason.REMOTE);
            return;
        }
        assertThat(closed.closeReason())
                .isEqualTo(
                        ABOVE_A_LIMIT.contains(vector.name())
                                ? CloseReason.FRAME_TOO_LARGE
                                : CloseReason.PROTOCOL_ERROR);
        assertThat(FOUND).containsKey(vector.name());
        assertThat(closed.error()).startsWith("raw: ").contains(FOUND.get(vector.name()));
    }

    private static void assertDecoded(Received actual, JsonNode expected) {
        Metadata.Builder metadata = Metadata.builder();
        for (JsonNode pair : expected.required("meta")) {
            metadata.add(text(pair.required(0)), text(pair.required(1)));
        }
        JsonNode status = expected.required("status");
        assertThat(actual.header())
                .isEqualTo(new MessageHeader(
                        expected.required("seq").asInt(),
                        expected.required("mtype").asInt(),
                        text(expected.required("service_method")),
                        Status.of(
                                status.required("code").asInt(),
                                text(status.required("msg")),
                                textOrNull(status.required("cause"))),
                        metadata.build(),
                        expected.required("body_codec").asInt(),
                        FilterIds.of(expected.required("xfer_pipe")
                                .valueStream()
                                .mapToInt(JsonNode::asInt)
                                .toArray())));
        assertThat(actual.bodyHex()).isEqualTo(expected.required("body_hex").asString());
        assertThat(actual.size()).isEqualTo(expected.required("size").asInt());
    }

    private Peer server(int messageLimit) {
        Peer server = Peer.builder()
                .name("server")
                .listen("tcp://127.0.0.1:0")
                .messageLimit(messageLimit)
                .plugin(recorder)
                .build();
        server.router()
                .call("/a", byte[].class, (context, body) -> body)
                .call("/echo", String.class, (context, text) -> text);
        return server.start();
    }

    private record Received(MessageHeader header, String bodyHex, int size) {}

    /** Keeps what arrived for "/a", and tells when a connection is gone and registered as such. */
    private static final class Recorder implements PostReadCallBodyHook, PostDisconnectHook {

        private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

        private final BlockingQueue<CloseCause> closed = new LinkedBlockingQueue<>();

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public void postReadCallBody(IncomingMessage call) {
            if (call.serviceMethod().equals("/a") && call.body() instanceof byte[] body) {
                received.add(new Received(call.header(), HexFormat.of().formatHex(body), call.size()));
            }
        }

        @Override
        public void postDisconnect(Session session, CloseCause cause) {
            closed.add(cause);
        }

        /** Its handler may well run after its connection is gone. */
        Received awaitReceived() throws InterruptedException {
            Received message = received.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a delivered message").isNotNull();
            return message;
        }

        SocketSnapshot awaitClosed(Peer server) throws InterruptedException {
            assertThat(closed.poll(20, TimeUnit.SECONDS))
                    .as("a closed connection")
                    .isNotNull();
            return server.sockets().closed().get(0);
        }
    }
}
