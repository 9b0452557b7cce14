package io.teleport.peer;

import io.netty.pkitesting.X509Bundle;
import io.teleport.testing.TestCertificates;
import io.teleport.transport.tls.TlsOptions;
import io.teleport.transport.tls.TlsOptionsBuilder;

/** TLS between peers of one test: an authority that both trust. */
final class LocalTls {

    static final TestCertificates AUTHORITY = new TestCertificates("test authority");

    private static final X509Bundle LOCALHOST = AUTHORITY.localhost();

    private LocalTls() {}

    /** A server's certificate, and trust in the authority it is from. */
    static TlsOptionsBuilder options() {
        return keys(trusting(), LOCALHOST);
    }

    /** No certificate, but trust in the authority. */
    static TlsOptionsBuilder trusting() {
        return trusting(AUTHORITY);
    }

    static TlsOptionsBuilder trusting(TestCertificates authority) {
        return TlsOptions.builder().trust(authority.authority().toTrustManagerFactory());
    }

    static TlsOptionsBuilder keys(TlsOptionsBuilder options, X509Bundle certificate) {
        try {
            return options.keys(certificate.toKeyManagerFactory());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
