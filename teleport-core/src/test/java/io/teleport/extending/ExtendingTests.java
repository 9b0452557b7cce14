package io.teleport.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The example of docs/extending.md is this package's source, and does what is said there. */
class ExtendingTests {

    private static final Path DOCUMENT = Path.of("..", "docs", "extending.md");

    private static final Path SOURCE =
            Path.of("src", "test", "java", "io", "teleport", "extending", "LineProtocol.java");

    @Test
    void theDocumentShowsTheSource() throws IOException {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("/** One line"));
        assertThat(Files.readString(DOCUMENT)).contains("```java\n" + shown + "```");
    }

    @Test
    void oneClassAndOneRegistrationMakeAProtocol() {
        try (Peer server = lineServer();
                Peer client = Peer.builder()
                        .register(new LineProtocol())
                        .protocol("line")
                        .build()) {
            Session session = client.dial(server.listening().get(0).toString());
            assertThat(session.call("/math/add", new int[] {1, 2, 3}, int.class))
                    .isEqualTo(6);
            assertThatThrownBy(() -> session.call("/no/such", null, int.class))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().code()).isEqualTo(404));
            assertThatThrownBy(() -> session.call("/math add", null, int.class))
                    .isInstanceOfSatisfying(
                            StatusException.class,
                            e -> assertThat(e.status().cause()).contains("no white space in a service method"));
        }
    }

    @Test
    void itCanBeSpokenByHand() throws IOException {
        try (Peer server = lineServer();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out.print("7 1 /math/add 106 code=0  " + base64("[1,2,3]") + "\n");
            assertThat(in.readLine()).isEqualTo("7 2  106 code=0  " + base64("6"));
        }
    }

    @Test
    void whatIsNoLineEndsTheConnectionWithItsReason() throws IOException {
        try (Peer server = lineServer();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isNegative();
            SocketSnapshot closed = ended(server);
            assertThat(closed.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
            assertThat(closed.error()).isEqualTo("line: 1 parts, expected 7");
        }
    }

    private static SocketSnapshot ended(Peer server) {
        server.close();
        return server.sockets().closed().get(0);
    }

    private static Peer lineServer() {
        Peer server = Peer.builder()
                .register(new LineProtocol())
                .protocol("line")
                .listen("tcp://127.0.0.1:0")
                .build();
        server.router()
                .call(
                        "/math/add",
                        int[].class,
                        (context, numbers) -> IntStream.of(numbers).sum());
        return server.start();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
