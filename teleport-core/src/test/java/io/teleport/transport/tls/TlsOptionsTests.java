package io.teleport.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.teleport.testing.TestCertificates;
import io.teleport.testing.TestCertificates.PemFiles;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsOptionsTests {

    private static final TestCertificates AUTHORITY = new TestCertificates("test authority");

    @TempDir
    Path directory;

    @Test
    void withoutKeysOneCanDialOnly() {
        assertThat(TlsOptions.defaults().canAccept()).isFalse();
        assertThat(TlsOptions.defaults()).isSameAs(TlsOptions.defaults());
    }

    @Test
    void keysAndAuthoritiesCanBeFiles() throws IOException {
        PemFiles files = TestCertificates.write(AUTHORITY.localhost(), directory, "server");
        TlsOptions options = TlsOptions.builder()
                .keys(files.certificate(), files.privateKey())
                .trust(AUTHORITY.writeAuthority(directory, "authority"))
                .clientCertificates(ClientCertificates.NEED)
                .build();
        assertThat(options.canAccept()).isTrue();
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        PemFiles files = TestCertificates.write(AUTHORITY.localhost(), directory, "server");
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() ->
                        TlsOptions.builder().keys(missing, files.privateKey()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() ->
                        TlsOptions.builder().keys(files.certificate(), missing).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> TlsOptions.builder().trust(missing).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void aFileWithoutACertificateIsNamed() throws IOException {
        Path garbage = Files.writeString(directory.resolve("garbage.pem"), "no certificate");
        assertThatThrownBy(() -> TlsOptions.builder().trust(garbage).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(garbage.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "SSLv3", "tls1.3"})
    void oldVersionsAreNotToBeHad(String version) {
        assertThatThrownBy(
                        () -> TlsOptions.builder().protocols("TLSv1.3", version).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "TLS option 'protocols' is [TLSv1.3, " + version + "] (expected some of [TLSv1.3, TLSv1.2])");
    }

    @Test
    void someVersionIsNeeded() {
        assertThatThrownBy(() -> TlsOptions.builder().protocols().build())
                .hasMessageStartingWith("TLS option 'protocols' is [] (expected");
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientCertificates.class,
            names = {"WANT", "NEED"})
    void clientsAreAskedOnlyByThoseWhoKnowWhomToTrust(ClientCertificates mode) {
        assertThatThrownBy(() -> TlsOptions.builder().clientCertificates(mode).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'clientCertificates' is " + mode)
                .hasMessageContaining("(expected the authorities in 'trust')");
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"JDK", "OPENSSL"})
    void anUnknownCipherIsRefusedAtOnce(SslProvider provider) {
        assertThatThrownBy(() -> TlsOptions.builder()
                        .provider(provider)
                        .ciphers("TLS_WITH_ROT13")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TLS_WITH_ROT13");
    }

    @Test
    void openSslIsUsedWhereItIsPresent() {
        EmbeddedChannel channel = dialing(TlsOptions.builder().build());
        assertThat(channel.pipeline().get(SslHandler.class).engine()).isInstanceOf(OpenSslEngine.class);
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"JDK", "OPENSSL"})
    void theNameOfTheDialedHostIsSentAlong(SslProvider provider) {
        EmbeddedChannel channel =
                dialing(TlsOptions.builder().provider(provider).build());
        ByteBuf hello = channel.readOutbound();
        assertThat(hello.toString(StandardCharsets.ISO_8859_1)).contains("api.example.com");
        hello.release();
        channel.finishAndReleaseAll();
    }

    private static EmbeddedChannel dialing(TlsOptions options) {
        EmbeddedChannel channel = new EmbeddedChannel();
        new TlsTransport(new TcpTransport(), () -> options)
                .equip(channel, TransportAddress.parse("tls://api.example.com:443"), false);
        return channel;
    }
}
