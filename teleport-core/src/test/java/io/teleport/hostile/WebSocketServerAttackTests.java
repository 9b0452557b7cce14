package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that does to those who dial what frames can do, or answers their request with what is no upgrade. */
class WebSocketServerAttackTests {

    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)");

    private static String upgraded(String head) {
        Matcher key = KEY.matcher(head);
        assertThat(key.find()).isTrue();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest(HostileBodies.ascii(key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Peer client() {
        return Peer.builder()
                .name("client")
                .protocol("json")
                .eventLoopThreads(1)
                .messageLimit(HostileDoor.LIMIT)
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROTOCOL_ERROR  | frame of a server is masked              | 8280 00000000",
                "PROTOCOL_ERROR  | reserved opcode 3                        | 8300",
                "PROTOCOL_ERROR  | reserved bits are set                    | c100",
                "PROTOCOL_ERROR  | fragmented control frame                 | 0900",
                "PROTOCOL_ERROR  | text message is not UTF-8                | 8102 c328",
                "PROTOCOL_ERROR  | continuation of no message               | 8000",
                "PROTOCOL_ERROR  | length with its highest bit set          | 827f ffffffffffffffff",
                "FRAME_TOO_LARGE | message of 1000000000 bytes or more      | 827f 000000003b9aca00",
                "FRAME_TOO_LARGE | message of 9223372036854775808 bytes     | 0201 00 807f 7fffffffffffffff"
            })
    void framesThatBreakARuleEndTheConnection(CloseReason reason, String text, String frames) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(frames.replace(" ", ""));
        try (HostileServer server = new HostileServer((head, out) -> {
                    out.write(HostileServer.bytes(upgraded(head)));
                    out.write(bytes);
                });
                Peer client = client()) {
            Session session = client.dial("ws://127.0.0.1:" + server.port() + "/");
            CloseCause cause = session.closeFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(cause.reason()).isEqualTo(reason);
            assertThat(cause.detail()).startsWith(text);
        }
    }

    private static void assertNoDial(UnaryOperator<String> answer, String text) throws Exception {
        try (HostileServer server =
                        new HostileServer((head, out) -> out.write(HostileServer.bytes(answer.apply(head))));
                Peer client = client()) {
            assertThatThrownBy(() -> client.dial("ws://127.0.0.1:" + server.port() + "/"))
                    .hasMessageContaining(text)
                    .extracting(failure -> failure.getMessage().length())
                    .satisfies(length -> assertThat((int) length).isLessThan(500));
        }
    }

    @Test
    void whatIsNoUpgradeIsNamed() throws Exception {
        assertNoDial(head -> "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n", "bad status: 200 OK");
        assertNoDial(head -> "HTTP/1.1 101 Switching\r\n" + "a: b\r\n".repeat(100_000), "");
        assertNoDial(
                head -> upgraded(head).replaceFirst("Accept: \\S+", "Accept: " + "x".repeat(15_000)),
                "does not belong");
        assertNoDial(
                head -> upgraded(head).replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"),
                "was not offered");
        assertNoDial(head -> "\u0016\u0003\u0001" + "\u0000".repeat(200) + "\r\n\r\n", "");
    }

    private static void assertNothingIsSent(Peer client, String path) throws Exception {
        HostileServer server = new HostileServer((head, out) -> out.write(HostileServer.bytes(upgraded(head))));
        try (server;
                client) {
            assertThatThrownBy(() -> client.dial("ws://127.0.0.1:" + server.port() + path))
                    .isInstanceOf(RuntimeException.class);
        }
        if (!server.heard().isCompletedExceptionally()) {
            assertThat(server.heard().getNow("never asked")).isEmpty();
        }
    }

    @Test
    void headersOfOursHaveNoLinesOfTheirOwn() throws Exception {
        String evil = "a\r\nX-Evil: 1";
        assertNothingIsSent(
                Peer.builder()
                        .protocol("json")
                        .webSocket(options -> options.dialHeaders(Map.of("X-Tag", evil)))
                        .build(),
                "/");
        assertNothingIsSent(client(), "/" + evil);
        assertNothingIsSent(client(), "/?" + evil);
    }
}
