package io.teleport.interop.peers;

import io.teleport.peer.PeerBuilder;
import io.teleport.testing.TestCertificates;
import io.teleport.testing.TestCertificates.PemFiles;
import io.teleport.transport.tls.ClientCertificates;
import io.teleport.transport.tls.TlsOptions;
import io.teleport.transport.tls.TlsOptionsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * TLS over TCP.
 *
 * @param mutual whether the client, too, has to show a certificate
 */
record TlsNetwork(boolean mutual) implements Network {

    /** One authority for all, which both sides trust; nothing else knows it. */
    private static final class Certificates {

        static final Path AUTHORITY;

        static final PemFiles SERVER;

        static final PemFiles CLIENT;

        static {
            try {
                Path directory = Files.createDirectories(Path.of(System.getProperty("basedir", ""))
                        .toAbsolutePath()
                        .resolve("target/certificates"));
                TestCertificates issuer = new TestCertificates("interop authority");
                AUTHORITY = issuer.writeAuthority(directory, "authority");
                SERVER = TestCertificates.write(issuer.localhost(), directory, "server");
                CLIENT = TestCertificates.write(issuer.client("interop client"), directory, "client");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public List<String> goFlags(boolean server) {
        List<String> flags = new ArrayList<>(List.of("--network", "tcp"));
        if (server || mutual) {
            PemFiles own = server ? Certificates.SERVER : Certificates.CLIENT;
            flags.addAll(List.of(
                    "--tls-cert",
                    own.certificate().toString(),
                    "--tls-key",
                    own.privateKey().toString()));
        }
        if (!server || mutual) {
            flags.addAll(List.of("--tls-ca", Certificates.AUTHORITY.toString()));
        }
        if (server && mutual) {
            flags.addAll(List.of("--tls-client-auth", "require"));
        }
        return flags;
    }

    @Override
    public String javaListen() {
        return "tls://127.0.0.1:0";
    }

    @Override
    public String javaDial(String address) {
        return "tls://" + address;
    }

    @Override
    public void equip(PeerBuilder peer, boolean server) {
        TlsOptionsBuilder options = TlsOptions.builder().trust(Certificates.AUTHORITY);
        if (server || mutual) {
            PemFiles own = server ? Certificates.SERVER : Certificates.CLIENT;
            options.keys(own.certificate(), own.privateKey());
        }
        if (server && mutual) {
            options.clientCertificates(ClientCertificates.NEED);
        }
        peer.tls(options.build());
    }
}
