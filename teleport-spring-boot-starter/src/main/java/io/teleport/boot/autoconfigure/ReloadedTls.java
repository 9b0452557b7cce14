package io.teleport.boot.autoconfigure;

import io.teleport.transport.tls.TlsOptions;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** TLS options that follow a bundle. Thread-safe. */
final class ReloadedTls implements Supplier<TlsOptions> {

    private static final Logger log = LoggerFactory.getLogger(ReloadedTls.class);

    private final String peer;

    private final String name;

    private final Function<SslBundle, TlsOptions> options;

    private volatile TlsOptions current;

    /** @throws RuntimeException if the bundle cannot be used as it is now */
    ReloadedTls(String peer, String name, SslBundles bundles, Function<SslBundle, TlsOptions> options) {
        this.peer = peer;
        this.name = name;
        this.options = options;
        synchronized (this) {
            // An update that comes now waits, and none is missed.
            bundles.addBundleUpdateHandler(name, this::update);
            this.current = options.apply(bundles.getBundle(name));
        }
    }

    private synchronized void update(SslBundle renewed) {
        try {
            TlsOptions next = options.apply(renewed);
            if (current.canAccept() && !next.canAccept()) {
                throw new IllegalArgumentException("its key store is gone");
            }
            current = next;
            log.info("peer {}: SSL bundle '{}' was reloaded; the next connection uses it", peer, name);
        } catch (RuntimeException e) {
            log.error(
                    "peer {}: SSL bundle '{}' cannot be used as reloaded; the one before stays in use", peer, name, e);
        }
    }

    @Override
    public TlsOptions get() {
        return current;
    }
}
