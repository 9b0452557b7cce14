package io.teleport.hostile;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.teleport.socket.CloseReason;
import io.teleport.testing.TestCertificates;
import io.teleport.transport.tls.TlsOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who speaks TLS or HTTP where something else is spoken, and the other way round. */
class WrongDoorTests extends WireCase {

    private static final TestCertificates AUTHORITY = new TestCertificates("hostile authority");

    private static byte[] tlsHello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    @Test
    void aTlsHelloOnAPlainPortIsRecognized() throws Exception {
        try (Attacker attacker = target.connected()) {
            attacker.sendUntilRefused(tlsHello());
            attacker.endOfStreamUnlessRefused();
            attacker.rest();
            switch (wire) {
                case RAW, JSON, PROTOBUF ->
                    target.assertEnded(attacker, CloseReason.FRAME_TOO_LARGE, "(it begins as TLS does)");
                case THRIFT_BINARY, THRIFT_STRUCT ->
                    target.assertEnded(attacker, CloseReason.FRAME_TOO_LARGE, "thrift: frame of ");
                case HTTP -> target.assertEnded(attacker, CloseReason.PROTOCOL_ERROR, "http: ");
                case WS_JSON, WS_PROTOBUF -> target.assertEnded(attacker, CloseReason.HANDSHAKE_FAILED, "handshake: ");
            }
        }
    }

    @Test
    void anHttpRequestWhereThereIsNoHttpIsRecognized() throws Exception {
        assumeThat(wire != Wire.HTTP && !wire.isWebSocket()).as("no HTTP").isTrue();
        // Thrift looks no closer: whoever asks it for a page did not mean it.
        boolean tells = !wire.isThrift();
        for (String method : List.of("GET ", "POST")) {
            try (Attacker attacker = target.connected()) {
                attacker.sendUntilRefused(
                        (method + " /echo HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                attacker.rest();
                target.assertEnded(
                        attacker,
                        CloseReason.FRAME_TOO_LARGE,
                        tells ? "(it begins with the text \"" + method + "\")" : "thrift: frame of ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"JDK", "OPENSSL"})
    void plainBytesOnATlsPortEndItsHandshake(SslProvider provider) throws Exception {
        X509Bundle certificate = AUTHORITY.localhost();
        TlsOptions tls = TlsOptions.builder()
                .provider(provider)
                .keys(certificate.toKeyManagerFactory())
                .trust(AUTHORITY.authority().toTrustManagerFactory())
                .build();
        try (Target encrypted = Target.encrypted(wire, tls);
                Attacker attacker = encrypted.connected()) {
            attacker.sendUntilRefused(wire.call(1, "/echo"));
            attacker.endOfStreamUnlessRefused();
            attacker.rest();
            encrypted.assertEnded(attacker, CloseReason.HANDSHAKE_FAILED, "handshake: ");
        }
    }
}
