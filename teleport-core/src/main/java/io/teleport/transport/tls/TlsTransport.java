package io.teleport.transport.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.teleport.transport.LayeredTransport;
import io.teleport.transport.MissingCertificateException;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * TLS: {@code tls://host:port}. Encrypts what another transport carries, and checks who is at the other end.
 *
 * <p>The options are asked for at every new connection, so new certificates are in use as soon as they are supplied; connections that are there already
 * are left alone. The name of a dialed host is sent along (SNI) and, unless switched off, must be in its certificate. What is not done in time is ended
 * by the socket's limit on handshakes. TLS 1.3 lets the side that dialed begin before its own certificate was looked at: if that is refused then, the
 * connection ends as broken, with the alert in the text.
 */
public final class TlsTransport extends LayeredTransport {

    static final String TLS = "teleport.tls";

    static final String HANDSHAKE = "teleport.tls.handshake";

    private final Supplier<TlsOptions> options;

    /**
     * @param below what carries the bytes: TCP
     * @param options those for the next connection; called on event loops, must neither block nor fail
     */
    public TlsTransport(Transport below, Supplier<TlsOptions> options) {
        super("tls", below);
        this.options = options;
    }

    @Override
    public SocketAddress listenAddress(TransportAddress address) {
        if (!options.get().canAccept()) {
            throw new MissingCertificateException(address.toString());
        }
        return super.listenAddress(address);
    }

    /** Asks for the options before the connection is made: the defaults are loaded from files, and no event loop should be the first to ask. */
    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        Objects.requireNonNull(options.get(), "options for dialing");
        return super.dialAddress(address);
    }

    @Override
    public boolean hasHandshake() {
        return true;
    }

    @Override
    public void equip(Channel channel, TransportAddress address, boolean accepted) {
        super.equip(channel, address, accepted);
        SslHandler encryption = newHandler(channel, address, accepted);
        // The socket's limit on handshakes holds for all transports.
        encryption.setHandshakeTimeout(0, TimeUnit.MILLISECONDS);
        FirstBytes firstBytes = new FirstBytes();
        channel.pipeline()
                .addLast(firstBytes)
                .addLast(TLS, encryption)
                .addLast(HANDSHAKE, new TlsHandshake(encryption, firstBytes));
    }

    private SslHandler newHandler(Channel channel, TransportAddress address, boolean accepted) {
        if (!accepted) {
            return options.get().dialing().newHandler(channel.alloc(), address.host(), address.port());
        }
        SslContext accepting = options.get().accepting();
        if (accepting == null) {
            throw new IllegalStateException("The TLS options that were supplied for " + address + " have no keys");
        }
        return accepting.newHandler(channel.alloc());
    }
}
