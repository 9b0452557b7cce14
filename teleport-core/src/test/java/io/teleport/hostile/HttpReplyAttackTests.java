package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers calls of ours with what no server should; the call ends with the reason, and so does the connection. */
class HttpReplyAttackTests {

    private static final Pattern SEQUENCE = Pattern.compile("X-Seq: (-?\\d+)");

    private static String ok(String head) {
        Matcher sequence = SEQUENCE.matcher(head);
        assertThat(sequence.find()).isTrue();
        return "HTTP/1.1 200 OK\r\nX-Mtype: 2\r\nX-Seq: " + sequence.group(1) + "\r\n";
    }

    private static Peer client() {
        return Peer.builder()
                .name("client")
                .protocol("http")
                .eventLoopThreads(1)
                .messageLimit(HostileDoor.LIMIT)
                .build();
    }

    private static void assertEnds(HostileServer.Script script, CloseReason reason, String text) throws Exception {
        try (HostileServer server = new HostileServer(script);
                Peer client = client()) {
            Session session = client.dial("tcp://127.0.0.1:" + server.port());
            StatusException refused =
                    catchThrowableOfType(StatusException.class, () -> session.call("/any", "x", String.class));
            assertThat(refused.status().code()).isEqualTo(StatusCode.CONNECTION_CLOSED);
            assertThat(refused.status().cause()).contains(text);
            CloseCause cause = session.closeFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(cause.reason()).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FRAME_TOO_LARGE | exceeds the message limit of 262144 | Content-Length: 1000000000~~",
                "FRAME_TOO_LARGE | a body beyond all measure exceeds   | Transfer-Encoding: chunked~~7fffffffffffffff~",
                "PROTOCOL_ERROR  | is no number of bytes               | Content-Length: -5~~",
                "PROTOCOL_ERROR  | Content-Length is there twice       | Content-Length: 1~Content-Length: 2~~",
                "PROTOCOL_ERROR  | both Transfer-Encoding and Content-Length | Content-Length: 1~Transfer-Encoding: chunked~~",
                "PROTOCOL_ERROR  | X-Seq is there twice                | X-Seq: 1~~",
                "PROTOCOL_ERROR  | has no colon                        | Evil~~"
            })
    void lengthsThatLieAndHeadersThatAreNone(CloseReason reason, String text, String rest) throws Exception {
        assertEnds((head, out) -> out.write(HostileServer.bytes(ok(head) + rest.replace("~", "\r\n"))), reason, text);
    }

    @Test
    void headersWithoutEnd() throws Exception {
        assertEnds(
                (head, out) -> out.write(HostileServer.bytes(ok(head) + "a: b\r\n".repeat(100_000))),
                CloseReason.FRAME_TOO_LARGE,
                "more than 1000 headers");
        assertEnds(
                (head, out) -> out.write(HostileServer.bytes(ok(head) + "X: " + "y".repeat(1 << 20))),
                CloseReason.FRAME_TOO_LARGE,
                "headers are longer than 131072 bytes");
    }

    @Test
    void aBombOfGzip() throws Exception {
        ByteBuf bomb = Unpooled.buffer();
        HostileBodies.GZIP.encode(Unpooled.wrappedBuffer(new byte[16 * HostileDoor.LIMIT]), bomb);
        String body = bomb.toString(StandardCharsets.ISO_8859_1);
        assertEnds(
                (head, out) -> out.write(HostileServer.bytes(ok(head) + "Content-Encoding: gzip\r\n"
                        + "X-Content-Encoding: gzip\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)),
                CloseReason.FRAME_TOO_LARGE,
                "gzip: content expands beyond the limit of 262144 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"x\":["})
    void aStatusTenThousandLevelsDeep(String level) throws Exception {
        String body = "{\"x\":" + level.repeat(10_000);
        assertEnds(
                (head, out) -> out.write(HostileServer.bytes(ok(head).replace("200 OK", "299 Business Error")
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)),
                CloseReason.PROTOCOL_ERROR,
                "status is not JSON");
    }

    @Test
    void interimResponsesAreSkippedHoweverManyThereAre() throws Exception {
        try (HostileServer server = new HostileServer((head, out) ->
                        out.write(HostileServer.bytes("HTTP/1.1 100 Continue\r\nX: y\r\n\r\n".repeat(20_000)
                                + ok(head)
                                + "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n\"x\"")));
                Peer client = client()) {
            Session session = client.dial("tcp://127.0.0.1:" + server.port());
            assertThat(session.call("/any", "x", String.class)).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nX-Evil: 1",
                "a\nX-Evil: 1",
                "a\rX-Evil: 1",
                "a\r\n\r\nGET /evil HTTP/1.1",
                "\u560d\u560aX-Evil: 1"
            })
    void whatWeSendHasNoLinesOfTheApplicationsMaking(String evil) throws Exception {
        try (HostileServer server = new HostileServer(
                        (head, out) -> out.write(HostileServer.bytes(ok(head) + "Content-Length: 0\r\n\r\n")));
                Peer client = client()) {
            Session session = client.dial("tcp://127.0.0.1:" + server.port());
            for (String method : new String[] {"/any" + evil, "//host" + evil + "/any", "/any?q=" + evil}) {
                if (evil.charAt(1) < ' ') {
                    StatusException refused =
                            catchThrowableOfType(StatusException.class, () -> session.call(method, "x", String.class));
                    assertThat(refused.status().code()).isEqualTo(StatusCode.WRITE_FAILED);
                }
            }
            session.request("/any").meta("X-Tag", evil).meta(evil, evil).call(null, Void.class);
            String head = server.heard().get(30, TimeUnit.SECONDS);
            assertThat(head).startsWith("POST /any?").doesNotContain("\nX-Evil", "\rX-Evil", "\nGET");
            assertThat(head.split("\r\n", -1)).hasSize(head.split("\n", -1).length);
        }
    }
}
