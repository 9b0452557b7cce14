package io.teleport.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What TLS agreed upon for one connection.
 *
 * @param protocol version, such as {@code TLSv1.3}
 * @param cipher cipher suite by its standard name, such as {@code TLS_AES_128_GCM_SHA256}
 * @param peerCertificates the other side's chain as it was checked, its own certificate first; empty if it showed none
 */
public record TlsSession(String protocol, String cipher, List<X509Certificate> peerCertificates) {

    private static final AttributeKey<TlsSession> KEY = AttributeKey.valueOf(TlsSession.class, "session");

    public TlsSession {
        peerCertificates = List.copyOf(peerCertificates);
    }

    /** What was agreed upon for this channel; null without TLS and before the handshake is done. */
    public static @Nullable TlsSession of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** Keeps this with its channel. Called by whoever encrypts it, before {@link HandshakeEvent.Done}. */
    public void keepWith(Channel channel) {
        channel.attr(KEY).set(this);
    }

    /** Version and cipher suite in one line, for people. */
    @Override
    public String toString() {
        return protocol + ", " + cipher;
    }
}
