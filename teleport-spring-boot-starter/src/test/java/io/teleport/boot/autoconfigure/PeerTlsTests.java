package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.testing.TestCertificates;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** TLS out of SSL bundles. */
@ExtendWith(OutputCaptureExtension.class)
class PeerTlsTests {

    private static final TestCertificates AUTHORITY = new TestCertificates("test authority");

    @TempDir
    Path directory;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TeleportAutoConfiguration.class));

    /** Certificate and key in one file, put there in one step as good tools do it. */
    private Path writeServer(int serial) throws IOException {
        var certificate = AUTHORITY.issue(
                "localhost", builder -> builder.addSanIpAddress("127.0.0.1").serial(BigInteger.valueOf(serial)));
        return write(certificate.getCertificatePathPEM() + certificate.getPrivateKeyPEM());
    }

    private Path write(String content) throws IOException {
        Path made = Files.writeString(directory.resolve("new.pem"), content);
        Path server = directory.resolve("server.pem");
        return Files.move(made, server, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private ApplicationContextRunner withBundles() throws IOException {
        Path server = writeServer(1);
        Path authority = AUTHORITY.writeAuthority(directory, "authority");
        var client = TestCertificates.write(AUTHORITY.client("ada"), directory, "client");
        return runner.withPropertyValues(
                "spring.ssl.bundle.pem.server.keystore.certificate=" + server,
                "spring.ssl.bundle.pem.server.keystore.private-key=" + server,
                "spring.ssl.bundle.pem.server.truststore.certificate=" + authority,
                "spring.ssl.bundle.pem.server.reload-on-update=true",
                "spring.ssl.bundle.watch.file.quiet-period=100ms",
                "spring.ssl.bundle.pem.trusting.truststore.certificate=" + authority,
                "spring.ssl.bundle.pem.ada.keystore.certificate=" + client.certificate(),
                "spring.ssl.bundle.pem.ada.keystore.private-key=" + client.privateKey(),
                "spring.ssl.bundle.pem.ada.truststore.certificate=" + authority,
                "teleport.peers.server.listen=tls://127.0.0.1:0",
                "teleport.peers.server.tls.bundle=server");
    }

    private static Peer peer(ApplicationContext context, String name) {
        return context.getBean(Teleport.class).peer(name);
    }

    private static Session dial(ApplicationContext context) {
        return peer(context, "client")
                .dial("tls://127.0.0.1:" + peer(context, "server").port());
    }

    private static void assertServes(ApplicationContext context, Session session) {
        if (peer(context, "server").router().routes().isEmpty()) {
            peer(context, "server").router().call("/echo", String.class, (call, text) -> text);
        }
        assertThat(session.call("/echo", "hello", String.class)).isEqualTo("hello");
    }

    private static int serial(Session session) {
        return session.peerCertificates().get(0).getSerialNumber().intValueExact();
    }

    @Test
    void bundlesNameCertificatesAndAuthorities() throws Exception {
        withBundles()
                .withPropertyValues("teleport.peers.client.tls.bundle=trusting")
                .run(context -> {
                    Session session = dial(context);
                    assertServes(context, session);
                    assertThat(serial(session)).isEqualTo(1);
                });
    }

    @Test
    void clientsCanBeMadeToShowWhoTheyAre() throws Exception {
        withBundles()
                .withPropertyValues(
                        "teleport.peers.server.tls.client-auth=need", "teleport.peers.client.tls.bundle=ada")
                .run(context -> {
                    Session session = dial(context);
                    assertServes(context, session);
                    Session there = peer(context, "server").sessions().stream()
                            .findFirst()
                            .orElseThrow();
                    assertThat(there.peerCertificates()
                                    .get(0)
                                    .getSubjectX500Principal()
                                    .getName())
                            .isEqualTo("CN=ada");
                });
    }

    @Test
    void theNameOfTheHostNeedNotBeVerified() throws Exception {
        var other = AUTHORITY.issue("other", builder -> builder.addSanDnsName("other.example"));
        ApplicationContextRunner bundles = withBundles();
        write(other.getCertificatePathPEM() + other.getPrivateKeyPEM());
        bundles.withPropertyValues(
                        "teleport.peers.client.tls.bundle=trusting", "teleport.peers.client.tls.verify-hostname=false")
                .run(context -> assertServes(context, dial(context)));
    }

    /** The handler of the test is called after that of the peer, which was there before. */
    private static CompletableFuture<SslBundle> nextReload(ApplicationContext context) {
        CompletableFuture<SslBundle> reloaded = new CompletableFuture<>();
        context.getBean(SslBundles.class).addBundleUpdateHandler("server", reloaded::complete);
        return reloaded;
    }

    @Test
    void aRenewedCertificateIsForTheNextConnectionAndNoSessionIsDropped() throws Exception {
        withBundles()
                .withPropertyValues("teleport.peers.client.tls.bundle=trusting")
                .run(context -> {
                    Session old = dial(context);
                    assertServes(context, old);
                    CompletableFuture<SslBundle> reloaded = nextReload(context);
                    writeServer(2);
                    reloaded.get(60, TimeUnit.SECONDS);
                    Session renewed = dial(context);
                    assertServes(context, renewed);
                    assertServes(context, old);
                    assertThat(serial(renewed)).isEqualTo(2);
                    assertThat(serial(old)).isEqualTo(1);
                    assertThat(peer(context, "server").sessions().count()).isEqualTo(2);
                });
    }

    @Test
    void aRenewedBundleThatCannotBeUsedIsLoggedAndTheOldOneStays(CapturedOutput output) throws Exception {
        withBundles()
                .withPropertyValues("teleport.peers.client.tls.bundle=trusting")
                .run(context -> {
                    SslBundle trusting = context.getBean(SslBundles.class).getBundle("trusting");
                    context.getBean(SslBundleRegistry.class).updateBundle("server", trusting);
                    assertThat(output).contains("peer server: SSL bundle 'server' cannot be used as reloaded");
                    Session session = dial(context);
                    assertServes(context, session);
                    assertThat(serial(session)).isEqualTo(1);
                });
    }

    private static void assertRefused(ApplicationContextRunner broken, String property, String... description) {
        broken.run(context -> {
            FailureAnalysis analysis = new InvalidPeerFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis).isNotNull();
            assertThat(analysis.getDescription()).contains(description);
            assertThat(analysis.getAction()).contains("Correct " + property + ",");
        });
    }

    @Test
    void anUnknownBundleIsRefused() throws Exception {
        assertRefused(
                withBundles().withPropertyValues("teleport.peers.client.tls.bundle=clinet"),
                "teleport.peers.client.tls.bundle",
                "Peer 'client' cannot be built: Unknown SSL bundle 'clinet' (known: [",
                "spring.ssl.bundle");
    }

    @Test
    void aBundleIsRefusedWhereThereAreNone() {
        assertRefused(
                new ApplicationContextRunner()
                        .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
                        .withPropertyValues(
                                "teleport.defaults.tls.bundle=server", "teleport.peers.client.protocol=raw"),
                "teleport.peers.client.tls.bundle",
                "Unknown SSL bundle 'server' (known: [])");
    }

    @Test
    void listeningWithTlsNeedsABundle() {
        assertRefused(
                runner.withPropertyValues("teleport.peers.server.listen=tls://127.0.0.1:0"),
                "teleport.peers.server.tls.bundle",
                "Address 'tls://127.0.0.1:0' needs a certificate",
                "expected in teleport.peers.server.tls.bundle the name of an SSL bundle with a key store");
    }

    @Test
    void listeningWithTlsNeedsABundleWithAKey() throws Exception {
        assertRefused(
                withBundles().withPropertyValues("teleport.peers.server.tls.bundle=trusting"),
                "teleport.peers.server.tls.bundle",
                "needs a certificate");
    }

    @Test
    void askingClientsNeedsAuthorities() {
        assertRefused(
                runner.withPropertyValues("teleport.peers.server.tls.client-auth=want"),
                "teleport.peers.server.tls",
                "nothing says whose certificates are trusted");
    }

    @Test
    void oldVersionsAreRefused() throws Exception {
        assertRefused(
                withBundles().withPropertyValues("spring.ssl.bundle.pem.server.options.enabled-protocols=TLSv1.1"),
                "teleport.peers.server.tls",
                "'protocols' is [TLSv1.1] (expected some of [TLSv1.3, TLSv1.2])");
    }
}
