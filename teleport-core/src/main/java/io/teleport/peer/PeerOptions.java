package io.teleport.peer;

import io.teleport.codec.BodyCodec;
import io.teleport.filter.TransferFilter;
import io.teleport.plugin.Plugin;
import io.teleport.protocol.Protocol;
import io.teleport.router.OrderKey;
import io.teleport.router.Ordering;
import io.teleport.router.ServiceMethodMapper;
import io.teleport.session.CallObserver;
import io.teleport.session.LoginPolicy;
import io.teleport.socket.OutboundPolicy;
import io.teleport.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything a peer can be told. Immutable; made and checked by {@link PeerBuilder#options()}, whose methods explain each and name its default.
 */
public record PeerOptions(
        String name,
        List<String> listen,
        String protocol,
        List<Protocol> protocols,
        String bodyCodec,
        List<BodyCodec> bodyCodecs,
        Set<String> acceptedBodyCodecs,
        List<TransferFilter> filters,
        List<Transport> transports,
        List<Plugin> plugins,
        List<Plugin> lastPlugins,
        ServiceMethodMapper serviceMethodMapper,
        CallObserver observer,
        Ordering ordering,
        LoginPolicy loginPolicy,
        @Nullable OrderKey orderKey,
        @Nullable Executor handlerExecutor,
        int handlerThreads,
        int handlerQueue,
        int handlersPerSession,
        int eventLoopThreads,
        int messageLimit,
        long outboundLimit,
        OutboundPolicy outboundPolicy,
        int pendingLimit,
        int closedSocketHistory,
        Duration handshakeTimeout,
        Duration frameTimeout,
        Duration dialTimeout,
        Duration callTimeout,
        Duration contextAge,
        Duration closeTimeout,
        Duration sessionAge,
        Duration retryAfter,
        boolean reusePort,
        boolean includeCause) {

    public PeerOptions {
        listen = List.copyOf(listen);
        protocols = List.copyOf(protocols);
        bodyCodecs = List.copyOf(bodyCodecs);
        acceptedBodyCodecs = Set.copyOf(acceptedBodyCodecs);
        filters = List.copyOf(filters);
        transports = List.copyOf(transports);
        plugins = List.copyOf(plugins);
        lastPlugins = List.copyOf(lastPlugins);
    }

    /** The peer's plugins, those that run last included. */
    public List<Plugin> allPlugins() {
        return Stream.concat(plugins.stream(), lastPlugins.stream()).toList();
    }

    /** A builder that begins with these options. */
    public PeerBuilder mutate() {
        return new PeerBuilder(this);
    }
}
