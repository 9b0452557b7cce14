package io.teleport.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

/** What strangers send to the ports of the sample, which has no limit but the defaults, while somebody is served. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"sample.demo=false", "sample.port=0", "sample.chat-port=0", "sample.browser-port=0"})
class HostileServiceIT {

    private static final int JSON = 'j';

    @Autowired
    private Teleport teleport;

    @Value("${local.teleport.service.port}")
    private int port;

    @Value("${local.teleport.browser.port}")
    private int browserPort;

    private Peer client;

    private Session bystander;

    @BeforeEach
    void connect() {
        client = Peer.client();
        bystander = client.dial("tcp://127.0.0.1:" + port);
        assertThat((int) bystander.call("/math/add", new int[] {1, 2}, int.class))
                .isEqualTo(3);
    }

    @AfterEach
    void theBystanderIsServedStill() {
        assertThat((int) bystander.call("/math/add", new int[] {2, 3}, int.class))
                .isEqualTo(5);
        client.close();
    }

    /** A CALL in the raw protocol, without filters. */
    private static byte[] call(String route, byte[] body) throws IOException {
        return frame(new byte[0], content(route, body));
    }

    private static byte[] content(String route, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream content = new DataOutputStream(bytes);
        content.write(new byte[] {1, '1', 1, (byte) route.length()});
        content.writeBytes(route);
        content.writeShort(0);
        content.writeShort(0);
        content.writeByte(JSON);
        content.write(body);
        return bytes.toByteArray();
    }

    private static byte[] frame(byte[] pipe, byte[] content) {
        int size = 5 + pipe.length + content.length;
        return ByteBuffer.allocate(size)
                .putInt(size)
                .put((byte) pipe.length)
                .put(pipe)
                .put(content)
                .array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static String told(Socket socket) throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(told);
        } catch (SocketException reset) {
            // An end as well, with bytes of ours unread.
            assertThat(reset).hasMessageContaining("reset");
        }
        return told.toString(StandardCharsets.ISO_8859_1);
    }

    private static String frame(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] frame = new byte[in.readInt() - Integer.BYTES];
        in.readFully(frame);
        return new String(frame, StandardCharsets.ISO_8859_1);
    }

    private static void assertTellsNoSecrets(String told) {
        assertThat(told).doesNotContain("Exception", "io.teleport", "java.", "jackson", "\tat ");
    }

    private String send(String peer, int toPort, byte[] first, byte[] then, CloseReason reason) throws Exception {
        int localPort;
        String told;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), toPort)) {
            socket.setSoTimeout(60_000);
            localPort = socket.getLocalPort();
            socket.getOutputStream().write(first);
            if (then.length > 0) {
                socket.getOutputStream().write(then);
                socket.shutdownOutput();
            }
            told = told(socket);
        }
        assertTellsNoSecrets(told);
        assertThat(ended(peer, localPort).closeReason()).isEqualTo(reason);
        return told;
    }

    private SocketSnapshot ended(String peer, int localPort) {
        return Eventually.present(
                "the end of port " + localPort,
                () -> teleport.peer(peer).sockets().closed().stream()
                        .filter(closed -> closed.remoteAddress().endsWith(":" + localPort))
                        .findFirst());
    }

    @Test
    void aBombThatExpandsToTwiceTheLimitEndsItsConnection() throws Exception {
        byte[] bomb = gzip(content("/echo/bytes", new byte[32 << 20]));
        assertThat(bomb).hasSizeLessThan(64_000);
        send("service", port, frame(new byte[] {'g'}, bomb), new byte[0], CloseReason.FRAME_TOO_LARGE);
        send("service", port, frame(new byte[] {'g', 'g'}, gzip(bomb)), new byte[0], CloseReason.FRAME_TOO_LARGE);
        send("service", port, frame(new byte[] {'g'}, new byte[] {1, 2, 3}), new byte[0], CloseReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/math/add | [ | ]", "/math/divide | {\"a\": | }", "/math/divide | [ | ''", "/echo/sleep | { | ''"
            })
    void aBodyTenThousandLevelsDeepIsAnsweredWith400(String route, String open, String close) throws Exception {
        String body = open.repeat(10_000) + close.repeat(10_000);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(call(route, body.getBytes(StandardCharsets.US_ASCII)));
            String reply = frame(socket);
            while (reply.contains("/push/status")) {
                reply = frame(socket);
            }
            assertThat(reply).contains("code=400&msg=Bad%20Message");
            assertTellsNoSecrets(reply);
        }
    }

    private static byte[] upgrade(String more) {
        return ("GET /teleport HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + more
                        + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1002 | PROTOCOL_ERROR  | 8100",
                "1002 | PROTOCOL_ERROR  | 0980 00000000",
                "1009 | FRAME_TOO_LARGE | 82ff 000000003b9aca00 00000000",
                "1009 | FRAME_TOO_LARGE | 0281 00000000 00 80ff 7fffffffffffffff 00000000",
                "1007 | PROTOCOL_ERROR  | 8182 00000000 c328"
            })
    void framesOfAWebSocketThatBreakARuleEndIt(int code, CloseReason reason, String hex) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        String told = send("browser", browserPort, upgrade(""), bytes, reason);
        assertThat(told)
                .startsWith("HTTP/1.1 101 ")
                .contains(new String(new char[] {(char) (code >> 8), (char) (code & 0xff)}));
    }

    @Test
    void pagesFromElsewhereDoNotOpenAWebSocket() throws Exception {
        byte[] request = upgrade("Origin: http://evil.example\r\n");
        assertThat(send("browser", browserPort, request, new byte[0], CloseReason.HANDSHAKE_FAILED))
                .startsWith("HTTP/1.1 403 Forbidden");
    }
}
