package io.teleport.peer;

import io.teleport.codec.BodyCodec;
import io.teleport.codec.form.FormBodyCodec;
import io.teleport.codec.json.JsonBodyCodec;
import io.teleport.codec.plain.PlainBodyCodec;
import io.teleport.filter.TransferFilter;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import io.teleport.message.StatusException;
import io.teleport.plugin.Plugin;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.http.HttpProtocol;
import io.teleport.protocol.json.JsonProtocol;
import io.teleport.protocol.protobuf.ProtobufProtocol;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.protocol.thrift.ThriftBinaryProtocol;
import io.teleport.protocol.thrift.ThriftStructProtocol;
import io.teleport.router.OrderKey;
import io.teleport.router.Ordering;
import io.teleport.router.ServiceMethodMapper;
import io.teleport.session.CallObserver;
import io.teleport.session.LoginPolicy;
import io.teleport.socket.OutboundPolicy;
import io.teleport.transport.LayeredTransport;
import io.teleport.transport.Transport;
import io.teleport.transport.local.LocalTransport;
import io.teleport.transport.tcp.TcpTransport;
import io.teleport.transport.tls.TlsOptions;
import io.teleport.transport.tls.TlsTransport;
import io.teleport.transport.unix.UnixTransport;
import io.teleport.transport.websocket.WebSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Peer}. Every method names its default; everything is checked in {@link #build()}. Not thread-safe. */
public final class PeerBuilder {

    private String name = PeerDefaults.NAME;

    private final List<String> listen = new ArrayList<>();

    private String protocol = PeerDefaults.PROTOCOL;

    private final List<Protocol> protocols = new ArrayList<>();

    private String bodyCodec = PeerDefaults.BODY_CODEC;

    private final List<BodyCodec> bodyCodecs = new ArrayList<>();

    private final Set<String> acceptedBodyCodecs = new LinkedHashSet<>();

    private final List<TransferFilter> filters = new ArrayList<>();

    private final List<Transport> transports = new ArrayList<>();

    private final List<Plugin> plugins = new ArrayList<>();

    private final List<Plugin> lastPlugins = new ArrayList<>();

    private ServiceMethodMapper serviceMethodMapper = ServiceMethodMapper.http();

    private CallObserver observer = CallObserver.NONE;

    private Ordering ordering = Ordering.NONE;

    private LoginPolicy loginPolicy = PeerDefaults.LOGIN_POLICY;
    private @Nullable OrderKey orderKey;

    private @Nullable Executor handlerExecutor;

    private int handlerThreads = PeerDefaults.HANDLER_THREADS;

    private int handlerQueue = PeerDefaults.HANDLER_QUEUE;

    private int handlersPerSession = PeerDefaults.HANDLERS_PER_SESSION;

    private int eventLoopThreads = PeerDefaults.eventLoopThreads();

    private int messageLimit = PeerDefaults.MESSAGE_LIMIT;

    private long outboundLimit = PeerDefaults.OUTBOUND_LIMIT;

    private OutboundPolicy outboundPolicy = PeerDefaults.OUTBOUND_POLICY;

    private int pendingLimit = PeerDefaults.PENDING_LIMIT;

    private int closedSocketHistory = PeerDefaults.CLOSED_SOCKET_HISTORY;

    private Duration handshakeTimeout = PeerDefaults.HANDSHAKE_TIMEOUT;

    private Duration frameTimeout = PeerDefaults.FRAME_TIMEOUT;

    private Duration dialTimeout = PeerDefaults.DIAL_TIMEOUT;

    private Duration callTimeout = PeerDefaults.CALL_TIMEOUT;

    private Duration contextAge = PeerDefaults.CONTEXT_AGE;

    private Duration closeTimeout = PeerDefaults.CLOSE_TIMEOUT;

    private Duration sessionAge = Duration.ZERO;

    private Duration retryAfter = Duration.ZERO;

    private boolean reusePort;

    private boolean includeCause;

    private Function<PeerOptions, PeerThreads> threads = OwnThreads::new;

    PeerBuilder() {
        protocols.add(new RawProtocol());
        protocols.add(new JsonProtocol());
        protocols.add(new ProtobufProtocol());
        protocols.add(new ThriftBinaryProtocol());
        protocols.add(new ThriftStructProtocol());
        protocols.add(new HttpProtocol());
        bodyCodecs.add(new JsonBodyCodec());
        bodyCodecs.add(new PlainBodyCodec());
        bodyCodecs.add(new FormBodyCodec());
        bodyCodecs.addAll(OptionalBodyCodec.presentOnes());
        filters.add(new GzipFilter(PeerDefaults.GZIP_ID));
        filters.add(new Md5Filter(PeerDefaults.MD5_ID));
        transports.add(new TcpTransport());
        transports.add(TcpTransport.v4());
        transports.add(TcpTransport.v6());
        transports.add(new UnixTransport());
        transports.add(new LocalTransport());
        tls(TlsOptions::defaults);
        if (WebSocketNetworks.arePresent()) {
            webSocket(WebSocketOptions.defaults());
        }
    }

    PeerBuilder(PeerOptions options) {
        name = options.name();
        listen.addAll(options.listen());
        protocol = options.protocol();
        protocols.addAll(options.protocols());
        bodyCodec = options.bodyCodec();
        bodyCodecs.addAll(options.bodyCodecs());
        acceptedBodyCodecs.addAll(options.acceptedBodyCodecs());
        filters.addAll(options.filters());
        transports.addAll(options.transports());
        plugins.addAll(options.plugins());
        lastPlugins.addAll(options.lastPlugins());
        serviceMethodMapper = options.serviceMethodMapper();
        observer = options.observer();
        ordering = options.ordering();
        loginPolicy = options.loginPolicy();
        orderKey = options.orderKey();
        handlerExecutor = options.handlerExecutor();
        handlerThreads = options.handlerThreads();
        handlerQueue = options.handlerQueue();
        handlersPerSession = options.handlersPerSession();
        eventLoopThreads = options.eventLoopThreads();
        messageLimit = options.messageLimit();
        outboundLimit = options.outboundLimit();
        outboundPolicy = options.outboundPolicy();
        pendingLimit = options.pendingLimit();
        closedSocketHistory = options.closedSocketHistory();
        handshakeTimeout = options.handshakeTimeout();
        frameTimeout = options.frameTimeout();
        dialTimeout = options.dialTimeout();
        callTimeout = options.callTimeout();
        contextAge = options.contextAge();
        closeTimeout = options.closeTimeout();
        sessionAge = options.sessionAge();
        retryAfter = options.retryAfter();
        reusePort = options.reusePort();
        includeCause = options.includeCause();
    }

    /** Name in logs, thread names and Actuator. Default {@value PeerDefaults#NAME}. */
    public PeerBuilder name(String newName) {
        this.name = newName;
        return this;
    }

    /** Adds an address to listen on, such as {@code tcp://0.0.0.0:9090}; port 0 is any free one. None by default. */
    public PeerBuilder listen(String address) {
        listen.add(address);
        return this;
    }

    /** Name of the protocol on every connection. Default {@value PeerDefaults#PROTOCOL}. */
    public PeerBuilder protocol(String newProtocol) {
        this.protocol = newProtocol;
        return this;
    }

    /** Registers a protocol; one of the same name is replaced. */
    public PeerBuilder register(Protocol added) {
        protocols.removeIf(present -> present.name().equals(added.name()));
        protocols.add(added);
        return this;
    }

    /** Name of the codec for bodies whose sender names none. Default {@value PeerDefaults#BODY_CODEC}. */
    public PeerBuilder bodyCodec(String newBodyCodec) {
        this.bodyCodec = newBodyCodec;
        return this;
    }

    /**
     * Registers a body codec; one of the same id or name is replaced. By default {@code json}, {@code plain} and {@code form}, with
     * protobuf-java on the class path {@code protobuf}, with libthrift {@code thrift}, and with jackson-dataformat-xml {@code xml}.
     */
    public PeerBuilder register(BodyCodec added) {
        bodyCodecs.removeIf(
                present -> present.id() == added.id() || present.name().equals(added.name()));
        bodyCodecs.add(added);
        return this;
    }

    /**
     * Names of the registered body codecs that this peer uses; to any other one it says the same as to a codec that nobody registered. Each call
     * replaces the names given before; none at all, the default, stands for all that are registered.
     */
    public PeerBuilder acceptedBodyCodecs(String... names) {
        acceptedBodyCodecs.clear();
        acceptedBodyCodecs.addAll(List.of(names));
        return this;
    }

    /** Registers a transfer filter; one of the same id or name is replaced. By default {@code gzip} (id g) and {@code md5} (id m). */
    public PeerBuilder register(TransferFilter added) {
        filters.removeIf(present -> present.id() == added.id() || present.name().equals(added.name()));
        filters.add(added);
        return this;
    }

    /**
     * Registers a transport; one of the same scheme is replaced, also below those that lie on it. By default {@code tcp}, {@code tcp4}, {@code tcp6},
     * {@code unix}, {@code tls} and {@code local}; with netty-codec-http on the class path {@code ws} and {@code wss}.
     */
    public PeerBuilder register(Transport added) {
        transports.removeIf(present -> present.scheme().equals(added.scheme()));
        transports.replaceAll(
                present -> present instanceof LayeredTransport layered ? layered.ifBelowIsReplaced(added) : present);
        transports.add(added);
        return this;
    }

    /** As {@link #tls(Supplier)}, with options that stay the same. */
    public PeerBuilder tls(TlsOptions options) {
        return tls(() -> options);
    }

    /**
     * Whom to trust and which certificate to show on connections with TLS. By default {@link TlsOptions#defaults()}, which are enough to dial.
     *
     * @param options asked at each new connection, so that certificates can be renewed without closing any; must neither block nor fail
     */
    public PeerBuilder tls(Supplier<TlsOptions> options) {
        return register(new TlsTransport(new TcpTransport(), options));
    }

    /**
     * How {@code ws} and {@code wss} listen and dial. Encryption of {@code wss} is that of {@link #tls(Supplier)}. Default
     * {@link WebSocketOptions#defaults()}.
     *
     * @throws IllegalArgumentException if netty-codec-http is not on the class path
     */
    public PeerBuilder webSocket(WebSocketOptions options) {
        WebSocketNetworks.of(options, transports).forEach(this::register);
        return this;
    }

    /** As {@link #webSocket(WebSocketOptions)}, with a change of what was set before. */
    public PeerBuilder webSocket(UnaryOperator<WebSocketOptions> change) {
        return webSocket(change.apply(WebSocketNetworks.options(transports)));
    }

    /** Adds a plugin, which runs after those added before, and before those of groups and routes. */
    public PeerBuilder plugin(Plugin added) {
        plugins.add(added);
        return this;
    }

    /** Adds a plugin that runs after all of {@link #plugin}, those of groups and routes, and those added here before. */
    public PeerBuilder lastPlugin(Plugin added) {
        lastPlugins.add(added);
        return this;
    }

    /** How class and method names become service methods. Default {@link ServiceMethodMapper#http()}. */
    public PeerBuilder serviceMethodMapper(ServiceMethodMapper mapper) {
        this.serviceMethodMapper = mapper;
        return this;
    }

    /** Adds an observer of every finished call and push, told after those added before. None by default. */
    public PeerBuilder observer(CallObserver added) {
        this.observer = observer.andThen(added);
        return this;
    }

    /**
     * In which order handlers run where their route does not say otherwise. Default {@link Ordering#NONE}.
     *
     * @throws IllegalArgumentException for {@link Ordering#KEY} before {@link #orderedBy} has said which key
     */
    public PeerBuilder ordering(Ordering newOrdering) {
        if (newOrdering == Ordering.KEY && orderKey == null) {
            throw new IllegalArgumentException(
                    "Option 'ordering' is KEY but there is no key (expected orderedBy first)");
        }
        this.ordering = newOrdering;
        return this;
    }

    /** What becomes of a login while another session of the same principal is there. Default {@link LoginPolicy#ALLOW_MANY}. */
    public PeerBuilder loginPolicy(LoginPolicy policy) {
        this.loginPolicy = policy;
        return this;
    }

    /** Orders messages by a key where their route does not say otherwise: {@link Ordering#KEY}. */
    public PeerBuilder orderedBy(OrderKey key) {
        this.ordering = Ordering.KEY;
        this.orderKey = key;
        return this;
    }

    /**
     * Runs handlers and completions instead of the peer's own pool. The peer never shuts it down. A refusal of it becomes a status.
     *
     * @param executor null for the peer's own pool, the default
     */
    public PeerBuilder handlerExecutor(@Nullable Executor executor) {
        this.handlerExecutor = executor;
        return this;
    }

    /** Threads of the peer's own handler pool at the most. Default {@value PeerDefaults#HANDLER_THREADS}. */
    public PeerBuilder handlerThreads(int threads) {
        this.handlerThreads = threads;
        return this;
    }

    /** Handlers that may wait for a thread of the peer's own pool; more are refused. Default {@value PeerDefaults#HANDLER_QUEUE}. */
    public PeerBuilder handlerQueue(int limit) {
        this.handlerQueue = limit;
        return this;
    }

    /** Calls and pushes handled at once on one session; more are refused. Default {@value PeerDefaults#HANDLERS_PER_SESSION}. */
    public PeerBuilder handlersPerSession(int limit) {
        this.handlersPerSession = limit;
        return this;
    }

    /** Event loops for each network in use. Default one for each processor. */
    public PeerBuilder eventLoopThreads(int threads) {
        this.eventLoopThreads = threads;
        return this;
    }

    /** Bytes of a message at the most, both ways, also after decompression. Default 16 MiB. */
    public PeerBuilder messageLimit(int bytes) {
        this.messageLimit = bytes;
        return this;
    }

    /** Bytes that may wait to be written on one session; what becomes of writes beyond, {@link #outboundPolicy} says. Default 8 MiB. */
    public PeerBuilder outboundLimit(long bytes) {
        this.outboundLimit = bytes;
        return this;
    }

    /** What becomes of a write for which the outbound queue of its session has no room. Default {@link OutboundPolicy#REFUSE}. */
    public PeerBuilder outboundPolicy(OutboundPolicy policy) {
        this.outboundPolicy = policy;
        return this;
    }

    /** Calls that may wait for a reply on one session; more are refused with 104. Default {@value PeerDefaults#PENDING_LIMIT}. */
    public PeerBuilder pendingLimit(int calls) {
        this.pendingLimit = calls;
        return this;
    }

    /** Closed sockets that are remembered. Default {@value PeerDefaults#CLOSED_SOCKET_HISTORY}. */
    public PeerBuilder closedSocketHistory(int sockets) {
        this.closedSocketHistory = sockets;
        return this;
    }

    /** How long the handshake of a transport (TLS, WebSocket) may take, and after it those of plugins. Default {@link PeerDefaults#HANDSHAKE_TIMEOUT}. */
    public PeerBuilder handshakeTimeout(Duration timeout) {
        this.handshakeTimeout = timeout;
        return this;
    }

    /** How long a frame that has begun may take to be whole, and waiting bytes may make no progress. Default 30 s. */
    public PeerBuilder frameTimeout(Duration timeout) {
        this.frameTimeout = timeout;
        return this;
    }

    /** How long connecting may take. Default 10 s. */
    public PeerBuilder dialTimeout(Duration timeout) {
        this.dialTimeout = timeout;
        return this;
    }

    /** How long a call waits for its reply unless it says otherwise. Default 30 s. */
    public PeerBuilder callTimeout(Duration timeout) {
        this.callTimeout = timeout;
        return this;
    }

    /**
     * How long the handling of a call or push may take from its start. Then its context is cancelled, and the caller is answered 408 "Handle Timeout"
     * ({@link io.teleport.router.MessageContext}). Zero, the default, is any time; callers may set a limit of their own in either case.
     */
    public PeerBuilder contextAge(Duration age) {
        this.contextAge = age;
        return this;
    }

    /** How long a graceful close waits for running handlers and pending calls. Default 10 s; zero does not wait. */
    public PeerBuilder closeTimeout(Duration timeout) {
        this.closeTimeout = timeout;
        return this;
    }

    /**
     * How long a session may live, from the moment it opens; then its connection is closed with reason AGE_EXPIRED, whatever goes over it. Default zero,
     * which is for ever. A session can be given another limit by {@link io.teleport.session.Session#age(Duration)}.
     */
    public PeerBuilder sessionAge(Duration age) {
        this.sessionAge = age;
        return this;
    }

    /**
     * How long others are told to leave the addresses of this peer alone when it shuts down, for example until it is back. Default zero: they may dial at
     * once. Peers that redial obey; Go peers are not told.
     */
    public PeerBuilder retryAfter(Duration time) {
        this.retryAfter = time;
        return this;
    }

    /**
     * Whether other peers, of this or another process of the same user, may listen on the same addresses at the same time, if they say the same. So a
     * service can be replaced without refusing anybody: start the new process, then close the old one. Default no.
     *
     * <p>For TCP, and what lies on it, with native epoll. A closing peer leaves new connections to the others, waits a quarter of a second for those that
     * have just begun, and stops listening then. A handshake of TCP that takes longer than that is cut off by Linux, unless its setting
     * {@code net.ipv4.tcp_migrate_req} is 1.
     */
    public PeerBuilder reusePort(boolean reuse) {
        this.reusePort = reuse;
        return this;
    }

    /** Whether the text of an unexpected exception is sent to the caller. Default no. */
    public PeerBuilder includeCause(boolean include) {
        this.includeCause = include;
        return this;
    }

    /** Runs the peer. By default threads of its own. */
    PeerBuilder threads(Function<PeerOptions, PeerThreads> newThreads) {
        this.threads = newThreads;
        return this;
    }

    /**
     * The options, checked.
     *
     * @throws IllegalArgumentException naming the option, what was found and what was expected
     */
    public PeerOptions options() {
        PeerOptions options = new PeerOptions(
                name,
                listen,
                protocol,
                protocols,
                bodyCodec,
                bodyCodecs,
                acceptedBodyCodecs,
                filters,
                transports,
                plugins,
                lastPlugins,
                serviceMethodMapper,
                observer,
                ordering,
                loginPolicy,
                orderKey,
                handlerExecutor,
                handlerThreads,
                handlerQueue,
                handlersPerSession,
                eventLoopThreads,
                messageLimit,
                outboundLimit,
                outboundPolicy,
                pendingLimit,
                closedSocketHistory,
                handshakeTimeout,
                frameTimeout,
                dialTimeout,
                callTimeout,
                contextAge,
                closeTimeout,
                sessionAge,
                retryAfter,
                reusePort,
                includeCause);
        PeerOptionsCheck.check(options);
        return options;
    }

    /**
     * A peer with these options, neither listening nor connected yet.
     *
     * @throws IllegalArgumentException naming the option, what was found and what was expected
     * @throws StatusException if a plugin refused, with its status
     */
    public Peer build() {
        PeerOptions options = options();
        NewPeerHooks newPeer = new NewPeerHooks(options.allPlugins());
        newPeer.before(options);
        Peer peer = new Peer(options, threads.apply(options));
        newPeer.after(peer);
        return peer;
    }
}
