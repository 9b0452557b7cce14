package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslProvider;
import io.teleport.message.StatusException;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.testing.LoggedLines;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections with TLS end, seen by the JDK's own sockets at the other side. */
@ParameterizedClass
@EnumSource(
        value = SslProvider.class,
        names = {"JDK", "OPENSSL"})
class TlsEndTests extends PeerPair {

    /** A PUSH to /p without a body, in the raw protocol. */
    private static final byte[] PUSH = {0, 0, 0, 16, 0, 1, '1', 3, 2, '/', 'p', 0, 0, 0, 0, 's'};

    @Parameter
    SslProvider provider;

    private Socket bare;

    private SSLSocket tls;

    @Override
    String address() {
        return "tls://127.0.0.1:0";
    }

    @AfterEach
    void closeSocket() throws Exception {
        bare.close();
    }

    private Session connect(String version) throws Exception {
        start(options -> options.tls(LocalTls.options().provider(provider).build()), options -> options);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null, LocalTls.AUTHORITY.authority().toTrustManagerFactory().getTrustManagers(), null);
        bare = new Socket(InetAddress.getLoopbackAddress(), server.port());
        tls = (SSLSocket) context.getSocketFactory().createSocket(bare, "localhost", server.port(), true);
        tls.setEnabledProtocols(new String[] {version});
        tls.startHandshake();
        CompletableFuture<Session> open = new CompletableFuture<>();
        server.router().push("/p", void.class, (push, nothing) -> open.complete(push.session()));
        tls.getOutputStream().write(PUSH);
        return open.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void closingSendsWhatWasAcceptedAndThenSaysGoodbye(String version) throws Exception {
        Session session = connect(version);
        session.push("/first", "x".repeat(100_000));
        session.push("/last", "the end");
        session.close(Duration.ZERO);
        // Without a goodbye the JDK fails here instead.
        byte[] received = tls.getInputStream().readAllBytes();
        assertThat(new String(received, StandardCharsets.ISO_8859_1)).endsWith("\"the end\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aGoodbyeOfTheOtherSideEndsTheSession(String version) throws Exception {
        Session session = connect(version);
        tls.shutdownOutput();
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void anEndWithoutGoodbyeIsOneAsWell(String version) throws Exception {
        Session session = connect(version);
        bare.shutdownOutput();
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whatIsNoTlsInTheMiddleBreaksTheConnection(String version) throws Exception {
        Session session = connect(version);
        bare.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        CloseCause cause = end(session);
        assertThat(cause.reason()).isEqualTo(CloseReason.IO_ERROR);
        assertThat(cause.detail()).isIn("not a TLS record", "wrong version number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSideThatDoesNotReadIsNotWaitedForWithTheGoodbye(String version) throws Exception {
        try (LoggedLines log = LoggedLines.of("io.netty.handler.ssl")) {
            Session session = connect(version);
            fill(session);
            assertThat(end(session, CloseReason.KICKED).reason()).isEqualTo(CloseReason.KICKED);
            // "Last write attempt timed out": the goodbye would have waited behind what nobody reads.
            assertThat(log.lines()).isEmpty();
        }
    }

    private static void fill(Session session) {
        String megabyte = "x".repeat(1 << 20);
        try {
            for (int i = 0; i < 1_000; i++) {
                session.push("/p", megabyte);
            }
            throw new AssertionError("a gigabyte was taken");
        } catch (StatusException full) {
            assertThat(full.status().cause()).contains("outbound queue is full");
        }
    }

    private static CloseCause end(Session session, CloseReason reason) throws Exception {
        return session.close(Duration.ZERO, reason, "").toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static CloseCause end(Session session) throws Exception {
        return session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
