package io.teleport.peer;

import static io.teleport.peer.LocalTls.AUTHORITY;
import static io.teleport.peer.LocalTls.keys;
import static io.teleport.peer.LocalTls.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.LoggedLines;
import io.teleport.testing.TestCertificates;
import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.tls.ClientCertificates;
import io.teleport.transport.tls.TlsOptions;
import io.teleport.transport.tls.TlsOptionsBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in over TLS, and what is said to those who are not, whoever does the cryptography. */
abstract class TlsContract extends PeerPair {

    private static final TestCertificates STRANGERS = new TestCertificates("authority of strangers");

    private LoggedLines log;

    abstract SslProvider provider();

    @BeforeEach
    void listenToTheLog() {
        log = LoggedLines.of("io.teleport");
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Override
    String address() {
        return "tls://127.0.0.1:0";
    }

    private void listen(TlsOptionsBuilder serverTls, TlsOptionsBuilder clientTls) {
        start(
                options -> options.tls(serverTls.provider(provider()).build()),
                options -> options.tls(clientTls.provider(provider()).build()));
        server.router().call("/echo", String.class, (context, text) -> text);
    }

    private static TlsOptionsBuilder serverTls() {
        return LocalTls.options();
    }

    private Session dial() {
        return client.dial(server.listening().get(0).toString());
    }

    private void assertServes(Session opened) {
        assertThat(opened.call("/echo", "hello", String.class)).isEqualTo("hello");
    }

    private String dialRefused() {
        Status refused = refusal(this::dial);
        assertThat(refused.code()).isEqualTo(105);
        assertThat(refused.cause())
                .startsWith(server.listening().get(0) + ": handshake: ")
                .doesNotContain("\n");
        return refused.cause();
    }

    private static CloseCause end(Session ended) throws Exception {
        return ended.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** The server's last socket, once the server knows that it is gone. */
    private SocketSnapshot lastRefused(WireClient gone) throws IOException {
        gone.awaitEnd();
        return lastRefused();
    }

    private SocketSnapshot lastRefused() {
        // The server closes its end after it has told everybody.
        server.close();
        SocketSnapshot last = server.sockets().closed().get(0);
        assertThat(last.closeReason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
        assertThat(last.session()).isNull();
        return last;
    }

    /** One line for operators, without a stack trace. */
    private void assertLoggedOnce(String text) {
        assertThat(log.lines())
                .filteredOn(line -> line.contains("HANDSHAKE_FAILED"))
                .singleElement()
                .asString()
                .startsWith("INFO socket ")
                .endsWith("closed, HANDSHAKE_FAILED: " + text);
        assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN") || line.startsWith("ERROR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothVersionsCarryCallsAndShowWhoTheServerIs(String version) {
        X509Bundle certificate = AUTHORITY.localhost();
        listen(keys(trusting(), certificate).protocols(version), trusting());
        session = dial();
        assertServes(session);
        assertThat(session.peerCertificates()).first().isEqualTo(certificate.getCertificate());
        assertThat(serverSession().peerCertificates()).isEmpty();
        assertThat(client.sockets().open().get(0).tls()).startsWith(version + ", TLS_");
        assertThat(server.sockets().open().get(0).tls())
                .isEqualTo(client.sockets().open().get(0).tls());
    }

    @Test
    void nothingInCommonIsRefused() {
        listen(serverTls().protocols("TLSv1.3"), trusting().protocols("TLSv1.2"));
        assertThat(dialRefused()).contains("alert");
        assertThat(lastRefused().error()).startsWith("handshake: ").containsIgnoringCase("protocol");
    }

    @Test
    void ciphersCanBeChosen() {
        String cipher = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        listen(serverTls().protocols("TLSv1.2").ciphers(cipher), trusting());
        session = dial();
        assertServes(session);
        assertThat(client.sockets().open().get(0).tls()).isEqualTo("TLSv1.2, " + cipher);
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefused() {
        listen(serverTls(), trusting(STRANGERS));
        assertThat(dialRefused()).endsWith("x509: certificate signed by unknown authority");
        assertThat(lastRefused().error()).startsWith("handshake: the other side refused with alert ");
    }

    @Test
    void whereNothingIsConfiguredTheAuthoritiesOfTheJdkAreTrusted() {
        start(options -> options.tls(serverTls().provider(provider()).build()), options -> options);
        assertThat(dialRefused()).endsWith("x509: certificate signed by unknown authority");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        X509Bundle expired = AUTHORITY.issue(
                "expired",
                certificate -> certificate.addSanIpAddress("127.0.0.1").notAfter(yesterday));
        listen(keys(trusting(), expired), trusting());
        assertThat(dialRefused()).contains("x509: certificate has expired: NotAfter: ");
    }

    @Test
    void aCertificateOfTomorrowIsRefused() {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        X509Bundle early = AUTHORITY.issue(
                "early", certificate -> certificate.addSanIpAddress("127.0.0.1").notBefore(tomorrow));
        listen(keys(trusting(), early), trusting());
        assertThat(dialRefused()).contains("x509: certificate is not yet valid: NotBefore: ");
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        listen(keys(trusting(), AUTHORITY.issue("other", name -> name.addSanDnsName("other.example"))), trusting());
        assertThat(dialRefused()).contains("x509: ").contains("127.0.0.1");
    }

    @Test
    void aCertificateForAnotherHostWillDoIfThatWasSaid() {
        listen(
                keys(trusting(), AUTHORITY.issue("other", name -> name.addSanDnsName("other.example"))),
                trusting().verifyHostname(false));
        assertServes(dial());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aServerSeesTheCertificateOfAClient(String version) {
        X509Bundle ada = AUTHORITY.client("ada");
        listen(serverTls().clientCertificates(ClientCertificates.NEED).protocols(version), keys(trusting(), ada));
        session = dial();
        assertServes(session);
        assertThat(serverSession().peerCertificates()).first().isEqualTo(ada.getCertificate());
    }

    @Test
    void aClientThatIsAskedMayStayUnknown() {
        listen(serverTls().clientCertificates(ClientCertificates.WANT), trusting());
        session = dial();
        assertServes(session);
        assertThat(serverSession().peerCertificates()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientWhoseCertificateIsOfNoUseIsRefusedInTheMiddleOfTheHandshake(boolean need) {
        // Of the name the server asks for; clients keep others to themselves.
        TestCertificates impostors = new TestCertificates("test authority");
        listen(
                serverTls()
                        .clientCertificates(need ? ClientCertificates.NEED : ClientCertificates.WANT)
                        .protocols("TLSv1.2"),
                keys(trusting(), impostors.client("eve")));
        assertThat(dialRefused()).contains("the other side refused with alert ");
        assertThat(lastRefused().error()).isEqualTo("handshake: x509: certificate signed by unknown authority");
        assertLoggedOnce("handshake: x509: certificate signed by unknown authority");
    }

    @Test
    void aClientWithoutTheCertificateItNeedsIsRefusedInTheMiddleOfTheHandshake() {
        listen(serverTls().clientCertificates(ClientCertificates.NEED).protocols("TLSv1.2"), trusting());
        assertThat(dialRefused()).contains("the other side refused with alert ");
        assertThat(lastRefused().error()).isEqualTo("handshake: the client showed no certificate");
        assertLoggedOnce("handshake: the client showed no certificate");
    }

    /** TLS 1.3: for the client the handshake is over before the server has looked at its certificate. */
    @Test
    void aClientThatIsRefusedBehindItsHandshakeIsToldWhy() throws Exception {
        listen(serverTls().clientCertificates(ClientCertificates.NEED), trusting());
        CloseCause cause;
        try {
            cause = end(dial());
        } catch (StatusException atOnce) {
            cause = new CloseCause(CloseReason.IO_ERROR, atOnce.status().cause(), Instant.now());
        }
        assertThat(cause.reason()).isEqualTo(CloseReason.IO_ERROR);
        assertThat(cause.detail()).containsPattern("the other side refused with alert \\w*certificate\\w*");
        assertThat(lastRefused().error()).isEqualTo("handshake: the client showed no certificate");
    }

    @Test
    void newOptionsAreForTheNextConnectionOnly() {
        X509Bundle first = certificateWithSerial(1);
        X509Bundle second = certificateWithSerial(2);
        AtomicReference<TlsOptions> current = new AtomicReference<>(
                keys(trusting(), first).provider(provider()).build());
        start(
                options -> options.tls(current::get),
                options -> options.tls(trusting().provider(provider()).build()));
        server.router().call("/echo", String.class, (context, text) -> text);
        Session old = dial();
        assertServes(old);
        current.set(keys(trusting(), second).provider(provider()).build());
        Session renewed = dial();
        assertServes(renewed);
        assertServes(old);
        assertThat(old.peerCertificates()).first().isEqualTo(first.getCertificate());
        assertThat(renewed.peerCertificates()).first().isEqualTo(second.getCertificate());
        assertThat(server.sessions().count()).isEqualTo(2);
    }

    private static X509Bundle certificateWithSerial(int serial) {
        return AUTHORITY.issue(
                "localhost",
                certificate -> certificate.addSanIpAddress("127.0.0.1").serial(BigInteger.valueOf(serial)));
    }

    @Test
    void aClientWithoutTlsIsTurnedAwayAtOnce() throws Exception {
        listen(serverTls(), trusting());
        try (WireClient plain = new WireClient(server)) {
            plain.send("GET /math/add HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String text = "handshake: not a TLS record: the other side sent \"GET /math/add HT\"...";
            assertThat(lastRefused(plain).error()).isEqualTo(text);
            assertLoggedOnce(text);
        }
    }

    @Test
    void aServerWithoutTlsIsRefusedAndSaysWhatItGot() {
        server = Peer.builder().listen("tcp://127.0.0.1:0").build().start();
        client = Peer.builder().tls(trusting().provider(provider()).build()).build();
        Status refused = refusal(() -> client.dial("tls://127.0.0.1:" + server.port()));
        assertThat(refused.code()).isEqualTo(105);
        server.close();
        SocketSnapshot last = server.sockets().closed().get(0);
        assertThat(last.closeReason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
        assertThat(last.error()).endsWith(" (it begins as TLS does)");
    }

    @Test
    void aSilentClientIsTurnedAwayInTheEnd() throws Exception {
        TlsOptions tls = serverTls().provider(provider()).build();
        start(options -> options.tls(tls).handshakeTimeout(Duration.ofMillis(200)), options -> options);
        try (WireClient silent = new WireClient(server)) {
            assertThat(lastRefused(silent).error()).isEqualTo("handshake: not done within PT0.2S");
            assertLoggedOnce("handshake: not done within PT0.2S");
        }
    }

    @Test
    void aSilentServerIsGivenUpInTheEnd() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            client = Peer.builder().handshakeTimeout(Duration.ofMillis(200)).build();
            Status refused = refusal(() -> client.dial("tls://127.0.0.1:" + silent.getLocalPort()));
            assertThat(refused.cause()).endsWith("handshake: not done within PT0.2S");
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleIsNoWonder() throws Exception {
        listen(serverTls(), trusting());
        try (WireClient leaving = new WireClient(server)) {
            leaving.endOfStream();
            assertThat(lastRefused(leaving).error()).isEqualTo("handshake: the other side closed the connection");
        }
    }

    @Test
    void manyRefusedClientsLeaveNothingBehindAndOneLineInTheLog() throws Exception {
        listen(serverTls(), trusting());
        List<WireClient> scanners = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            WireClient scanner = new WireClient(server);
            scanners.add(scanner);
            scanner.send(new byte[] {1, 2, 3, 4, 5, 6, 7});
        }
        for (WireClient scanner : scanners) {
            scanner.awaitEnd();
            scanner.close();
        }
        assertServes(dial());
        assertThat(server.sockets().openCount()).isEqualTo(1);
        assertThat(server.sockets().totals().closed()).containsEntry(CloseReason.HANDSHAKE_FAILED, 50L);
        assertLoggedOnce("handshake: not a TLS record: the other side sent \".......\"");
    }

    @Test
    void listeningNeedsACertificate() {
        assertThatThrownBy(() -> listen(trusting(), trusting()))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("Address 'tls://127.0.0.1:0' needs a certificate")
                .hasMessageContaining("(expected TLS options with keys)");
    }
}
