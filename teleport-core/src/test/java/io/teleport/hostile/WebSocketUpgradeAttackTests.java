package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request to open a WebSocket as an attack; each rule of it is tested in WebSocketHandshakeTests. */
class WebSocketUpgradeAttackTests {

    private static String upgrade(String more) {
        return "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + more + "\r\n";
    }

    private static String assertRefused(String request, String status) throws Exception {
        try (HostileDoor door = new HostileDoor(BodyWire.WS_JSON);
                HostileClient client =
                        new HostileClient(BodyWire.WS_JSON, door.server().port())) {
            client.send(request);
            String told = client.rest();
            assertThat(told).startsWith("HTTP/1.1 " + status);
            assertThat(told.split("\r\n\r\n", -1)).hasSize(2);
            HostileDoor.assertTellsNoSecrets(told);
            client.leave();
            SocketSnapshot ended = door.ended(client);
            assertThat(ended.closeReason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
            assertThat(String.valueOf(ended.error()))
                    .as("what operators read")
                    .startsWith("handshake: " + status)
                    .matches("[ -~]{10,300}");
            return told;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://localhost.evil.example",
                "http://localhost:81",
                "http://localhost@evil.example",
                "http://evil.example/ws://localhost",
                "null",
                "http:localhost",
                "javascript:alert(1)",
                "http://[::1",
                "",
                "%00",
                "file://",
                "http://localhost http://evil.example",
                "http://\u00e9vil"
            })
    void pagesOfOtherSitesAreNotLetIn(String origin) throws Exception {
        assertRefused(upgrade("Origin: " + origin + "\r\n"), "403 Forbidden");
    }

    @Test
    void whatIsRefusedIsNotRepeatedAtLength() throws Exception {
        assertThat(assertRefused(upgrade("Origin: http://" + "x".repeat(15_000) + "\r\n"), "403 Forbidden"))
                .hasSizeLessThan(1_000);
        assertThat(assertRefused(
                        upgrade("Sec-WebSocket-Protocol: " + "a,".repeat(7_000) + "\u00e9\r\n"), "400 Bad Request"))
                .hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 Bad Request | Content-Length: 1000000000~",
                "400 Bad Request | Content-Length: -1~",
                "400 Bad Request | Content-Length: 99999999999999999999~",
                "400 Bad Request | Content-Length: 1~Content-Length: 2~",
                "400 Bad Request | Content-Length: 4~Transfer-Encoding: chunked~",
                "400 Bad Request | X-A: b\u0000~",
                "400 Bad Request | X-\u0000: b~",
                "400 Bad Request | Origin: http://a\u001b[31mred\u0007~",
                "400 Bad Request | Host: other~"
            })
    void bodiesAndHeadersThatAreNoneAreRefused(String status, String headers) throws Exception {
        assertRefused(upgrade(headers.replace("~", "\r\n")), status);
    }

    @Test
    void headersWithoutEndAreRefused() throws Exception {
        assertRefused(upgrade("a: b\r\n".repeat(100_000)), "431 Request Header Fields Too Large");
        assertRefused("GET / HTTP/1.1\r\nX: " + "y".repeat(1 << 20), "431 Request Header Fields Too Large");
        assertRefused("GET /" + "y".repeat(1 << 20), "414 Request-URI Too Long");
    }
}
