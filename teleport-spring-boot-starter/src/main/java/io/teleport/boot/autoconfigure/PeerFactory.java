package io.teleport.boot.autoconfigure;

import io.teleport.boot.autoconfigure.TeleportProperties.Naming;
import io.teleport.boot.autoconfigure.TeleportProperties.Settings;
import io.teleport.boot.autoconfigure.TeleportProperties.WebSocket;
import io.teleport.codec.BodyCodecs;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.peer.PeerOptions;
import io.teleport.plugin.ignorecase.IgnoreCasePlugin;
import io.teleport.protocol.Protocol;
import io.teleport.router.ServiceMethodMapper;
import io.teleport.transport.MissingCertificateException;
import io.teleport.transport.websocket.WebSocketOptions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.util.unit.DataSize;

/** Builds peers of settings and beans. */
final class PeerFactory {

    private final PeerParts parts;

    private final PeerTls tls;

    private final PeerAuth auth;

    private final PeerPlugins plugins;

    private final Function<String, @Nullable Executor> executors;

    /** @param executors gives the executor of a peer's handlers by its name, null for a pool of its own */
    PeerFactory(
            PeerParts parts,
            PeerTls tls,
            PeerAuth auth,
            PeerPlugins plugins,
            Function<String, @Nullable Executor> executors) {
        this.parts = parts;
        this.tls = tls;
        this.auth = auth;
        this.plugins = plugins;
        this.executors = executors;
    }

    /** @throws InvalidPeerException if a setting cannot be used */
    Peer build(String name, Settings settings) {
        String prefix = "teleport.peers." + name;
        try {
            PeerBuilder builder = Peer.builder().name(name).handlerExecutor(executors.apply(name));
            apply(settings, builder);
            tls.apply(name, settings.tls(), builder);
            check(name, prefix + ".aes-gcm", () -> AesGcmSettings.apply(settings.aesGcm(), builder));
            if (settings.webSocket().isSet()) {
                check(name, prefix + ".web-socket", () -> apply(settings.webSocket(), builder));
            }
            check(name, prefix + ".ordering", () -> OrderingSettings.apply(settings, builder));
            check(name, prefix + ".run-log", () -> RunLogSettings.apply(settings.runLog(), builder));
            if (Boolean.TRUE.equals(settings.ignoreCase())) {
                // First of all, so that every other plugin sees the name that is routed.
                builder.plugin(new IgnoreCasePlugin());
            }
            plugins.addFirst(name, settings, builder);
            // Before the plugins that are beans: nobody else deals with those who have not proved who they are.
            auth.apply(name, settings.auth(), builder);
            check(name, prefix + ".secure", () -> SecureSettings.apply(settings.secure(), builder));
            parts.addTo(builder);
            plugins.addLast(name, settings, builder);
            if (parts.validation() != null && !Boolean.FALSE.equals(settings.validation())) {
                builder.lastPlugin(parts.validation());
            }
            parts.customizers().forEach(customizer -> customizer.customize(name, builder));
            PeerOptions options = builder.options();
            check(name, prefix + ".protocol", () -> knownProtocol(options));
            check(
                    name,
                    prefix + ".body-codec",
                    () -> BodyCodecs.of(options.bodyCodecs()).byName(options.bodyCodec()));
            check(name, prefix + ".accepted-body-codecs", () -> knownCodecs(options));
            check(name, prefix + ".auth.codec", () -> PeerAuth.checkCodec(settings.auth(), options));
            AddressCheck addresses = new AddressCheck(options.transports());
            check(name, prefix + ".listen", () -> checkListen(name, options, addresses));
            check(name, prefix + ".dial", () -> dial(settings).forEach(addresses::checkDial));
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new InvalidPeerException(name, prefix, String.valueOf(e.getMessage()), e);
        }
    }

    /** Addresses to dial, none if the settings name none. */
    static List<String> dial(Settings settings) {
        return Objects.requireNonNullElse(settings.dial(), List.of());
    }

    private static void check(String name, String property, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new InvalidPeerException(name, property, String.valueOf(e.getMessage()), e);
        }
    }

    /** What is made of a setting of a peer, given by its key below the peer's. */
    static <T extends @Nullable Object> T checked(String name, String key, Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidPeerException(
                    name, "teleport.peers." + name + "." + key, String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkListen(String name, PeerOptions options, AddressCheck addresses) {
        try {
            options.listen().forEach(addresses::checkListen);
        } catch (MissingCertificateException e) {
            throw PeerTls.noCertificate(name, e);
        }
    }

    private static void knownCodecs(PeerOptions options) {
        BodyCodecs known = BodyCodecs.of(options.bodyCodecs());
        options.acceptedBodyCodecs().forEach(known::byName);
        if (!options.acceptedBodyCodecs().isEmpty()
                && !options.acceptedBodyCodecs().contains(options.bodyCodec())) {
            throw new IllegalArgumentException("Body codec '" + options.bodyCodec()
                    + "' is that of the peer, but not among those it accepts " + options.acceptedBodyCodecs());
        }
    }

    private static void knownProtocol(PeerOptions options) {
        List<String> known = options.protocols().stream().map(Protocol::name).toList();
        if (!known.contains(options.protocol())) {
            throw new IllegalArgumentException("Unknown protocol '" + options.protocol() + "' (known: " + known + ")");
        }
    }

    private static void apply(Settings settings, PeerBuilder builder) {
        PropertyMapper map = PropertyMapper.get();
        map.from(settings.listen()).to(addresses -> addresses.forEach(builder::listen));
        map.from(settings.protocol()).to(builder::protocol);
        map.from(settings.bodyCodec()).to(builder::bodyCodec);
        map.from(settings.acceptedBodyCodecs())
                .as(names -> names.toArray(String[]::new))
                .to(builder::acceptedBodyCodecs);
        map.from(settings.messageLimit()).as(PeerFactory::messageLimit).to(builder::messageLimit);
        map.from(settings.outboundLimit()).as(DataSize::toBytes).to(builder::outboundLimit);
        map.from(settings.outboundPolicy()).to(builder::outboundPolicy);
        map.from(settings.pendingLimit()).to(builder::pendingLimit);
        map.from(settings.frameTimeout()).to(builder::frameTimeout);
        map.from(settings.handshakeTimeout()).to(builder::handshakeTimeout);
        map.from(settings.dialTimeout()).to(builder::dialTimeout);
        map.from(settings.callTimeout()).to(builder::callTimeout);
        map.from(settings.closeTimeout()).to(builder::closeTimeout);
        map.from(settings.handlersPerSession()).to(builder::handlersPerSession);
        map.from(settings.handler().threads()).to(builder::handlerThreads);
        map.from(settings.handler().queue()).to(builder::handlerQueue);
        map.from(settings.eventLoopThreads()).to(builder::eventLoopThreads);
        map.from(settings.closedSocketHistory()).to(builder::closedSocketHistory);
        map.from(settings.contextAge()).to(builder::contextAge);
        map.from(settings.loginPolicy()).to(builder::loginPolicy);
        map.from(settings.sessionAge()).to(builder::sessionAge);
        map.from(settings.retryAfter()).to(builder::retryAfter);
        map.from(settings.reusePort()).to(builder::reusePort);
        map.from(settings.includeCause()).to(builder::includeCause);
        map.from(settings.serviceMethodMapper()).as(PeerFactory::mapper).to(builder::serviceMethodMapper);
    }

    private static void apply(WebSocket settings, PeerBuilder builder) {
        WebSocketOptions options = WebSocketOptions.defaults();
        if (settings.allowedOrigins() != null) {
            options = options.allowedOrigins(settings.allowedOrigins());
        }
        if (settings.dialHeaders() != null) {
            options = options.dialHeaders(settings.dialHeaders());
        }
        if (settings.pingInterval() != null) {
            options = options.pingInterval(settings.pingInterval());
        }
        builder.webSocket(options);
    }

    private static int messageLimit(DataSize size) {
        if (size.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Option 'messageLimit' is " + size + " (expected " + Integer.MAX_VALUE + "B at the most)");
        }
        return (int) size.toBytes();
    }

    private static ServiceMethodMapper mapper(Naming naming) {
        return naming == Naming.RPC ? ServiceMethodMapper.rpc() : ServiceMethodMapper.http();
    }
}
