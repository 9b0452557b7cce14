package io.teleport.boot.autoconfigure;

import io.teleport.boot.autoconfigure.TeleportProperties.Tls;
import io.teleport.peer.PeerBuilder;
import io.teleport.transport.MissingCertificateException;
import io.teleport.transport.tls.TlsOptions;
import io.teleport.transport.tls.TlsOptionsBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes the TLS options of peers out of SSL bundles. When a bundle is reloaded, the next connection gets what is new; those that are there stay.
 *
 * @param bundles null if the application has none
 */
record PeerTls(@Nullable SslBundles bundles) {

    /**
     * Tells the builder, unless the settings leave everything to the core.
     *
     * @throws InvalidPeerException if there is no such bundle, or it cannot be used as the settings want it
     */
    void apply(String peer, Tls settings, PeerBuilder builder) {
        String name = settings.bundle();
        if (name == null && settings.clientAuth() == null && settings.verifyHostname() == null) {
            return;
        }
        try {
            if (name == null) {
                builder.tls(options(settings, null));
            } else {
                builder.tls(new ReloadedTls(peer, name, existing(peer, name), bundle -> options(settings, bundle)));
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new InvalidPeerException(peer, property(peer, ""), String.valueOf(e.getMessage()), e);
        }
    }

    private SslBundles existing(String peer, String name) {
        List<String> known = bundles == null ? List.of() : bundles.getBundleNames();
        if (bundles == null || !known.contains(name)) {
            throw new InvalidPeerException(
                    peer,
                    property(peer, ".bundle"),
                    "Unknown SSL bundle '" + name + "' (known: " + known
                            + "); bundles are described under spring.ssl.bundle",
                    new NoSuchSslBundleException(name, "It is not registered"));
        }
        return bundles;
    }

    private static TlsOptions options(Tls settings, @Nullable SslBundle bundle) {
        TlsOptionsBuilder options = TlsOptions.builder();
        PropertyMapper map = PropertyMapper.get();
        map.from(settings.clientAuth()).to(options::clientCertificates);
        map.from(settings.verifyHostname()).to(options::verifyHostname);
        if (bundle != null) {
            if (bundle.getStores().getKeyStore() != null) {
                options.keys(bundle.getManagers().getKeyManagerFactory());
            }
            if (bundle.getStores().getTrustStore() != null) {
                options.trust(bundle.getManagers().getTrustManagerFactory());
            }
            map.from(bundle.getOptions().getEnabledProtocols()).to(options::protocols);
            map.from(bundle.getOptions().getCiphers()).to(options::ciphers);
        }
        return options.build();
    }

    /** What to say where a peer is to listen without a certificate. */
    static InvalidPeerException noCertificate(String peer, MissingCertificateException found) {
        String property = property(peer, ".bundle");
        return new InvalidPeerException(
                peer,
                property,
                "Address '" + found.address() + "' needs a certificate to show to those who connect (expected in "
                        + property
                        + " the name of an SSL bundle with a key store, such as spring.ssl.bundle.pem.<name>.keystore)",
                found);
    }

    private static String property(String peer, String rest) {
        return "teleport.peers." + peer + ".tls" + rest;
    }
}
