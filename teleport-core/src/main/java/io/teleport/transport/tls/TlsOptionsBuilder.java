package io.teleport.transport.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Builds {@link TlsOptions}. Every method names its default; files are read and everything is checked in {@link #build()}. Not thread-safe. */
public final class TlsOptionsBuilder {

    private static final List<String> KNOWN_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private @Nullable KeySource keys;

    private @Nullable Consumer<SslContextBuilder> trust;

    private ClientCertificates clientCertificates = ClientCertificates.NONE;

    private boolean verifyHostname = true;

    private List<String> protocols = KNOWN_PROTOCOLS;

    private List<String> ciphers = List.of();

    private @Nullable SslProvider provider;

    TlsOptionsBuilder() {}

    /**
     * The certificate and key that this side shows: always where it accepts, where it dials if the other side asks. None by default; listening needs
     * them.
     *
     * @param certificates PEM file with the certificate and, behind it, those in between up to the authority
     * @param privateKey PEM file with the key (PKCS#8), not encrypted
     */
    public TlsOptionsBuilder keys(Path certificates, Path privateKey) {
        keys = new KeySource.Pem(certificates, privateKey);
        return this;
    }

    /** As {@link #keys(Path, Path)}, from a key store or whatever the factory was initialized with. */
    public TlsOptionsBuilder keys(KeyManagerFactory factory) {
        keys = new KeySource.Factory(factory);
        return this;
    }

    /**
     * Whose certificates of the other side are trusted. By default those of the JDK's authorities, when dialing; asking clients for certificates needs
     * this.
     *
     * @param authorities PEM file with their certificates
     */
    public TlsOptionsBuilder trust(Path authorities) {
        trust = builder -> builder.trustManager(authorities.toFile());
        return this;
    }

    /** As {@link #trust(Path)}, from a key store or whatever the factory was initialized with. */
    public TlsOptionsBuilder trust(TrustManagerFactory factory) {
        trust = builder -> builder.trustManager(factory);
        return this;
    }

    /** Whether clients are asked for a certificate where this side accepts. Default {@link ClientCertificates#NONE}. */
    public TlsOptionsBuilder clientCertificates(ClientCertificates mode) {
        this.clientCertificates = mode;
        return this;
    }

    /** Whether the certificate of a dialed side must be for the host in the address. Default yes; without, any trusted certificate will do. */
    public TlsOptionsBuilder verifyHostname(boolean verify) {
        this.verifyHostname = verify;
        return this;
    }

    /** Versions of TLS, out of {@code TLSv1.3} and {@code TLSv1.2}; both by default, older ones are not offered at all. */
    public TlsOptionsBuilder protocols(String... names) {
        this.protocols = List.of(names);
        return this;
    }

    /** Cipher suites by their standard names, the preferred first; none, the default, stands for those that Netty holds safe. */
    public TlsOptionsBuilder ciphers(String... names) {
        this.ciphers = List.of(names);
        return this;
    }

    /** Who does the cryptography. By default OpenSSL where {@code netty-tcnative} is on the class path, else the JDK. */
    public TlsOptionsBuilder provider(SslProvider newProvider) {
        this.provider = newProvider;
        return this;
    }

    /**
     * The options, checked.
     *
     * @throws IllegalArgumentException telling what was found and what was expected, if a file cannot be read or the parts do not go together
     */
    public TlsOptions build() {
        if (protocols.isEmpty() || !KNOWN_PROTOCOLS.containsAll(protocols)) {
            throw new IllegalArgumentException(
                    "TLS option 'protocols' is " + protocols + " (expected some of " + KNOWN_PROTOCOLS + ")");
        }
        if (clientCertificates != ClientCertificates.NONE && trust == null) {
            throw new IllegalArgumentException("TLS option 'clientCertificates' is " + clientCertificates
                    + ", but nothing says whose certificates are trusted (expected the authorities in 'trust')");
        }
        try {
            return new TlsOptions(dialing(), keys == null ? null : accepting(keys));
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS options do not go together: " + TlsProblem.text(e), e);
        }
    }

    private SslContext dialing() throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (keys != null) {
            keys.addTo(builder);
        }
        return context(builder.endpointIdentificationAlgorithm(verifyHostname ? "HTTPS" : null));
    }

    private SslContext accepting(KeySource certificate) throws SSLException {
        return context(certificate.newServer().clientAuth(clientCertificates.mode()));
    }

    private SslContext context(SslContextBuilder builder) throws SSLException {
        if (trust != null) {
            trust.accept(builder);
        }
        builder.sslProvider(
                provider != null ? provider : OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
        builder.protocols(protocols);
        if (!ciphers.isEmpty()) {
            builder.ciphers(ciphers);
        }
        SslContext context = builder.build();
        // The JDK looks at names of cipher suites no earlier than this.
        ReferenceCountUtil.release(context.newEngine(ByteBufAllocator.DEFAULT));
        return context;
    }
}
