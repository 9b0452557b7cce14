package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.StatusException;
import io.teleport.socket.CloseReason;
import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.websocket.HttpHead;
import io.teleport.transport.websocket.HttpPage;
import io.teleport.transport.websocket.UpgradeAnswer;
import io.teleport.transport.websocket.WebSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake of WebSocket: who is let in, and what all others are told. */
class WebSocketHandshakeTests extends WebSocketServer {

    private void listen(WebSocketOptions options) {
        listen(builder -> builder.webSocket(options));
    }

    private String answer(String request) throws Exception {
        try (WebSocketWire wire = new WebSocketWire(server.port())) {
            wire.send(request);
            return wire.rest();
        }
    }

    private void assertRefused(String request, String statusAndText) throws Exception {
        String answer = answer(request);
        assertThat(answer).startsWith("HTTP/1.1 " + statusAndText.split(":", 2)[0]);
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("\r\nconnection: close\r\n");
        assertThat(answer).endsWith("\r\n\r\n" + statusAndText + "\n");
        assertThat(ended().closeReason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
        assertThat(ended().error()).isEqualTo("handshake: " + statusAndText);
    }

    @Test
    void anUpgradeIsAnsweredAsTheStandardSays() throws Exception {
        listen(WebSocketOptions.defaults());
        try (WebSocketWire wire = new WebSocketWire(server.port())) {
            wire.send(WebSocketWire.upgrade(PATH + "?token=a%20b"));
            // Key and answer are the example of RFC 6455, section 1.3.
            assertThat(wire.head())
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nconnection: Upgrade\r\n")
                    .containsIgnoringCase("\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                    .doesNotContainIgnoringCase("sec-websocket-protocol")
                    .doesNotContainIgnoringCase("sec-websocket-extensions");
        }
    }

    @Test
    void framesRightBehindTheRequestAreNotLost() throws Exception {
        listen(WebSocketOptions.defaults());
        try (WebSocketWire wire = new WebSocketWire(server.port())) {
            String frame =
                    new String(WebSocketWire.frame(WebSocketWire.TEXT, push("early")), StandardCharsets.ISO_8859_1);
            wire.send(WebSocketWire.upgrade(PATH) + frame + frame);
            wire.head();
            assertThat(nextPush()).isEqualTo("early");
            assertThat(nextPush()).isEqualTo("early");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection: close | 426 Upgrade Required: this is a WebSocket",
                "Upgrade: h2c | 426 Upgrade Required: this is a WebSocket",
                "Sec-WebSocket-Version: 8 | 426 Upgrade Required: expected Sec-WebSocket-Version 13",
                "Sec-WebSocket-Key: | 400 Bad Request: Sec-WebSocket-Key is not 16 bytes in base64",
                "Sec-WebSocket-Key: c2hvcnQ= | 400 Bad Request: Sec-WebSocket-Key is not 16 bytes in base64",
                "Host: | 400 Bad Request: expected one Host header",
                "Content-Length: 3 | 400 Bad Request: a GET has no body here",
                "Transfer-Encoding: chunked | 400 Bad Request: a GET has no body here",
                "Bad Header: x | 400 Bad Request: this is no HTTP request",
                "Sec-WebSocket-Protocol: chat, v2 | 400 Bad Request: none of the sub-protocols [chat, v2] is spoken here (expected json or no offer)",
                "Origin: http://evil.example | 403 Forbidden: origin http://evil.example is not allowed",
            })
    void whatIsNoProperUpgradeIsRefused(String header, String answer) throws Exception {
        listen(WebSocketOptions.defaults());
        assertRefused(WebSocketWire.upgrade(PATH, header), answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /other HTTP/1.1 | 404 Not Found: nothing is here",
                "GET / HTTP/1.1 | 404 Not Found: nothing is here",
                "POST /teleport HTTP/1.1 | 405 Method Not Allowed: expected GET",
                "GET /teleport HTTP/1.0 | 505 HTTP Version Not Supported: expected HTTP/1.1",
                "GET http://other/ HTTP/1.1 | 400 Bad Request: request target does not begin with /",
                "Teleport! | 400 Bad Request: this is no HTTP request",
            })
    void soAreOtherRequests(String line, String answer) throws Exception {
        listen(WebSocketOptions.defaults());
        assertRefused(line + "\r\nHost: localhost\r\n\r\n", answer);
    }

    @Test
    void headsAreLimited() throws Exception {
        listen(WebSocketOptions.defaults());
        assertRefused(
                WebSocketWire.upgrade(PATH, "X-Long: " + "x".repeat(17_000)),
                "431 Request Header Fields Too Large: headers of more than 16384 bytes");
    }

    @Test
    void requestLinesAreLimited() throws Exception {
        listen(WebSocketOptions.defaults());
        assertRefused(
                WebSocketWire.upgrade("/" + "x".repeat(9_000)),
                "414 Request-URI Too Long: request line of more than 8192 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://localhost",
                "Origin: http://LOCALHOST:80",
                "Origin: ws://127.0.0.1:5555/teleport",
                "Sec-WebSocket-Protocol: v2, json",
                "X-Other: 1"
            })
    void theOwnOriginGoPeersAndTheOwnProtocolAreLetInByDefault(String header) throws Exception {
        listen(WebSocketOptions.defaults());
        try (WebSocketWire wire = new WebSocketWire(server.port())) {
            wire.send(WebSocketWire.upgrade(PATH, header));
            String head = wire.head();
            assertThat(head).startsWith("HTTP/1.1 101 ");
            assertThat(head.contains("json")).isEqualTo(header.contains("json"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost, https://shop.example, 403",
        "https://SHOP.example, https://shop.example, 101",
        "https://shop.example.evil, https://shop.example, 403",
        "http://localhost:81, , 403",
        "https://localhost, , 101",
        "null, , 403",
        "null, *, 101",
        "ws://1.2.3.4:5, https://shop.example, 101"
    })
    void configuredOriginsReplaceTheOwn(String origin, String allowed, String status) throws Exception {
        listen(WebSocketOptions.defaults().allowedOrigins(allowed == null ? List.of() : List.of(allowed)));
        try (WebSocketWire wire = new WebSocketWire(server.port())) {
            wire.send(WebSocketWire.upgrade(PATH, "Origin: " + origin));
            assertThat(wire.head()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void otherPathsMayBePages() throws Exception {
        listen(WebSocketOptions.defaults().pages(request -> switch (request.path()) {
            case "/healthz" -> HttpPage.text(200, "up " + request.query());
            case "/broken" -> throw new IllegalStateException("broken");
            default -> null;
        }));
        String get = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        assertThat(answer("GET /healthz?x=1" + get))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\nup x=1");
        assertThat(ended().closeReason()).isEqualTo(CloseReason.LOCAL);
        assertThat(ended().error()).isEqualTo("GET /healthz was answered with 200");
        assertThat(answer("GET /broken" + get)).startsWith("HTTP/1.1 500 ");
        assertThat(answer("GET /missing" + get)).startsWith("HTTP/1.1 404 ");
        assertThat(answer("POST /healthz" + get)).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void aCheckMayLetInLaterAndTellTheSessionWhoItIs() throws Exception {
        CompletableFuture<HttpHead> asked = new CompletableFuture<>();
        CompletableFuture<UpgradeAnswer> decision = new CompletableFuture<>();
        listen(WebSocketOptions.defaults().check(request -> {
            asked.complete(request);
            return decision;
        }));
        server.router()
                .call(
                        "/who",
                        String.class,
                        (context, text) -> context.session().attributes().get("user"));
        try (Peer client = Peer.builder()
                .protocol("json")
                .webSocket(WebSocketOptions.defaults().dialHeaders(Map.of("Authorization", "Bearer t")))
                .build()) {
            var dialed = client.dialAsync("ws://127.0.0.1:" + server.port() + PATH + "?token=a%20b");
            HttpHead request = asked.get(60, TimeUnit.SECONDS);
            assertThat(request.query()).isEqualTo("token=a%20b");
            assertThat(request.header("authorization")).isEqualTo("Bearer t");
            assertThat(request.header("origin")).matches("ws://127\\.0\\.0\\.1:\\d+/teleport\\?token=a%20b");
            assertThat(request.header("sec-websocket-protocol")).isNull();
            decision.complete(UpgradeAnswer.allow(Map.of("user", "ada")));
            assertThat(dialed.get(60, TimeUnit.SECONDS).call("/who", "", String.class))
                    .isEqualTo("ada");
        }
    }

    @Test
    void whoeverDialsLearnsTheHttpStatusOfARefusal() {
        listen(WebSocketOptions.defaults()
                .check(request -> CompletableFuture.completedFuture(UpgradeAnswer.refuse(403, "token is missing"))));
        String address = "ws://127.0.0.1:" + server.port();
        try (Peer client = Peer.builder().protocol("json").build()) {
            assertThatThrownBy(() -> client.dial(address + PATH)).isInstanceOfSatisfying(StatusException.class, e -> {
                assertThat(e.status().code()).isEqualTo(105);
                assertThat(e.status().cause()).isEqualTo(address + PATH + ": handshake: bad status: 403 Forbidden");
            });
            assertThat(ended().error()).isEqualTo("handshake: 403 Forbidden: token is missing");
            assertThatThrownBy(() -> client.dial(address))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().cause()).endsWith("bad status: 404 Not Found"));
        }
    }

    @Test
    void aCheckThatFailsLetsNobodyIn() throws Exception {
        listen(WebSocketOptions.defaults().check(request -> {
            throw new IllegalStateException("the database is away");
        }));
        assertRefused(WebSocketWire.upgrade(PATH), "500 Internal Server Error: the check of the request failed");
    }

    @Test
    void theHeadersOfTheHandshakeItselfCannotBeSet() {
        listen(WebSocketOptions.defaults());
        assertThatThrownBy(() -> WebSocketOptions.defaults().dialHeaders(Map.of("Sec-WebSocket-Protocol", "json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to the handshake");
    }

    @Test
    void aSilentClientIsClosedWithinTheHandshakeTimeout() throws Exception {
        listen(builder -> builder.handshakeTimeout(Duration.ofMillis(50)));
        try (WebSocketWire wire = new WebSocketWire(server.port())) {
            wire.send("GET /teleport HTTP/1.1\r\nHost:");
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(ended().error()).isEqualTo("handshake: not done within PT0.05S");
    }

    @Test
    void aPortIsNeededToListenOnly() {
        listen(WebSocketOptions.defaults());
        assertThatThrownBy(
                        () -> Peer.builder().listen("ws://127.0.0.1/x").build().start())
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("ws://host:port");
    }
}
