package io.teleport.transport.tls;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * Whom a peer trusts and how it proves who it is, for connections it accepts and for those it dials. Immutable, and checked when built: what cannot
 * work fails there and not with the first connection. Thread-safe.
 */
public final class TlsOptions {

    private final SslContext dialing;

    private final @Nullable SslContext accepting;

    TlsOptions(SslContext dialing, @Nullable SslContext accepting) {
        this.dialing = dialing;
        this.accepting = accepting;
    }

    /** Enough to dial: trusts the authorities the JDK trusts, shows no certificate. One instance for all, made on first use. */
    public static TlsOptions defaults() {
        return Defaults.INSTANCE;
    }

    /** Begins options that are those of {@link #defaults()} but for what is changed. */
    public static TlsOptionsBuilder builder() {
        return new TlsOptionsBuilder();
    }

    /** Whether there is a certificate to show to those who connect. */
    public boolean canAccept() {
        return accepting != null;
    }

    SslContext dialing() {
        return dialing;
    }

    @Nullable
    SslContext accepting() {
        return accepting;
    }

    /** Loading the JDK's authorities takes a moment, which peers without TLS need not spend. */
    private static final class Defaults {

        static final TlsOptions INSTANCE = builder().build();
    }
}
