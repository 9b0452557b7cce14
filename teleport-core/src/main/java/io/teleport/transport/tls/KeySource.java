package io.teleport.transport.tls;

import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import javax.net.ssl.KeyManagerFactory;

/** Where a certificate and its key come from. */
sealed interface KeySource {

    /** A context for accepting, with this key. */
    SslContextBuilder newServer();

    /** Gives this key to a context for dialing. */
    void addTo(SslContextBuilder client);

    record Pem(Path certificates, Path privateKey) implements KeySource {

        @Override
        public SslContextBuilder newServer() {
            return SslContextBuilder.forServer(certificates.toFile(), privateKey.toFile());
        }

        @Override
        public void addTo(SslContextBuilder client) {
            client.keyManager(certificates.toFile(), privateKey.toFile());
        }
    }

    record Factory(KeyManagerFactory factory) implements KeySource {

        @Override
        public SslContextBuilder newServer() {
            return SslContextBuilder.forServer(factory);
        }

        @Override
        public void addTo(SslContextBuilder client) {
            client.keyManager(factory);
        }
    }
}
