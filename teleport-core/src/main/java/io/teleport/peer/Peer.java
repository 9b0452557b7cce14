package io.teleport.peer;

import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodecs;
import io.teleport.filter.TransferFilters;
import io.teleport.message.Failures;
import io.teleport.message.StatusException;
import io.teleport.plugin.Plugin;
import io.teleport.plugin.PluginHooks;
import io.teleport.protocol.Protocol;
import io.teleport.router.DispatchSettings;
import io.teleport.router.Dispatcher;
import io.teleport.router.Ordering;
import io.teleport.router.Router;
import io.teleport.session.Session;
import io.teleport.session.SessionEnvironment;
import io.teleport.session.SessionRegistry;
import io.teleport.session.SessionSettings;
import io.teleport.socket.SocketPipeline;
import io.teleport.socket.SocketRegistry;
import io.teleport.socket.SocketSettings;
import io.teleport.transport.EventLoopThread;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of any number of sessions: listens, dials, or both, with one set of routes for all. Thread-safe.
 *
 * <p>A peer owns its event loops and, unless it was given an executor, its handler threads; {@link #close()} ends them. The threads of a peer that
 * listens keep the JVM alive, those of a peer that only dials do not.
 */
public final class Peer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Peer.class);

    /** How long a closing socket waits for the network to take frames that were accepted before. */
    private static final Duration CLOSE_DRAIN = Duration.ofSeconds(2);

    private final PeerOptions options;

    private final PluginHooks hooks;

    private final Transports transports;

    private final List<TransportAddress> listenAddresses;

    private final PeerThreads threads;

    private final Dispatcher dispatcher;

    private final SessionRegistry sessions;

    private final SocketRegistry sockets;

    private final PeerPluginHost pluginHost;

    private final SessionOpener opener;

    private final Listeners listeners;

    private final Dialer dialer;

    private volatile PeerState state = PeerState.NEW;

    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    Peer(PeerOptions options, PeerThreads threads) {
        this.options = options;
        this.threads = threads;
        this.hooks = new PluginHooks(options.plugins(), options.lastPlugins());
        BodyCodecs codecs = AcceptedBodyCodecs.of(options);
        Bodies bodies = new Bodies(codecs, options.messageLimit());
        TransferFilters filters = TransferFilters.of(options.filters());
        Protocol protocol = protocol(options.protocol());
        this.transports = new Transports(options.transports(), options.name(), threads.loops());
        this.listenAddresses = options.listen().stream().map(transports::parse).toList();
        this.sessions = new SessionRegistry(options.loginPolicy());
        if (options.reusePort()) {
            checkSharing(transports, listenAddresses);
        }
        this.sockets = new SocketRegistry(options.closedSocketHistory());

        Executor completions = threads.completions();
        this.dispatcher = new Dispatcher(
                options.serviceMethodMapper(),
                new DispatchSettings(
                        bodies,
                        filters,
                        hooks,
                        options.observer(),
                        threads.handlers(),
                        options.ordering(),
                        options.ordering() == Ordering.KEY ? options.orderKey() : null,
                        options.contextAge(),
                        options.includeCause()));
        SessionEnvironment environment = new SessionEnvironment(
                new SessionSettings(
                        options.callTimeout(),
                        options.closeTimeout(),
                        options.sessionAge(),
                        options.retryAfter(),
                        options.pendingLimit(),
                        options.handlersPerSession(),
                        (long) options.messageLimit() * PeerDefaults.INBOUND_MESSAGES),
                bodies,
                codecs.byName(options.bodyCodec()),
                filters,
                hooks,
                options.observer(),
                completions,
                dispatcher,
                sessions);
        SocketPipeline pipeline = new SocketPipeline(
                options.name(),
                filters,
                new SocketSettings(
                        options.messageLimit(),
                        options.outboundLimit(),
                        options.outboundPolicy(),
                        options.callTimeout(),
                        options.handshakeTimeout(),
                        options.frameTimeout(),
                        CLOSE_DRAIN),
                sockets);
        this.pluginHost = new PeerPluginHost(options.name(), dispatcher.router(), sessions, sockets, completions);
        this.opener = new SessionOpener(environment, hooks, options.handshakeTimeout());
        this.listeners = new Listeners(options.name(), transports, pipeline, protocol, opener, options.reusePort());
        this.dialer = new Dialer(options.name(), transports, pipeline, opener, hooks, threads, options.dialTimeout());
    }

    /** @throws StatusException if a plugin refuses */
    void setUpPlugins() {
        hooks.setUp(pluginHost);
    }

    private static void checkSharing(Transports transports, List<TransportAddress> addresses) {
        try {
            addresses.forEach(transports::checkSharing);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Option 'reusePort' is true, but " + e.getMessage(), e);
        }
    }

    private Protocol protocol(String wanted) {
        return options.protocols().stream()
                .filter(known -> known.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown protocol '" + wanted + "' (known: "
                        + options.protocols().stream().map(Protocol::name).toList() + ")"));
    }

    /** Begins a peer that listens, dials, or both. */
    public static PeerBuilder builder() {
        return new PeerBuilder();
    }

    /** A peer with all defaults, for dialing. */
    public static Peer client() {
        return builder().build();
    }

    /**
     * Listens on all addresses of the options. A peer that only dials need not be started.
     *
     * @return this peer
     * @throws ListenException if an address cannot be bound; the peer is closed then, as with every other exception but the last
     * @throws IllegalStateException if it was started or closed before
     */
    public Peer start() {
        if (!move(PeerState.RUNNING)) {
            throw new IllegalStateException("Peer '" + name() + "' is " + state + " and cannot be started");
        }
        try {
            listeners.open(listenAddresses);
            for (TransportAddress address : listeners.addresses()) {
                log.info("peer {}: listening on {} (protocol {})", name(), address, options.protocol());
                hooks.postListen(address);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        return this;
    }

    /**
     * Connects and waits until the session is open.
     *
     * @param address such as {@code tcp://127.0.0.1:9090}
     * @throws StatusException 105 with the cause if there is no connection; what a plugin refused with
     * @throws io.teleport.transport.InvalidAddressException if the address is unreadable
     * @throws IllegalStateException on an event loop, or if the peer is closed
     */
    public Session dial(String address) {
        return dial(DialOptions.to(address));
    }

    /**
     * As {@link #dial(String)}, with another protocol than the peer's own.
     *
     * @param protocol name of a protocol of this peer
     * @throws IllegalArgumentException if the peer has no such protocol
     */
    public Session dial(String address, String protocol) {
        return dial(DialOptions.to(address).protocol(protocol));
    }

    /**
     * As {@link #dial(String)}, with several addresses, or for a session that is dialed again when its connection ends. The policy also says how often
     * the first connection is tried; without limit this waits for ever.
     *
     * @throws IllegalArgumentException if the peer has no such protocol
     */
    public Session dial(DialOptions target) {
        EventLoopThread.refuseBlocking("Dialing " + target.addresses());
        return Failures.join(dialAsync(target));
    }

    /** Connects without waiting. The future completes on a handler thread; otherwise as {@link #dial}. */
    public CompletableFuture<Session> dialAsync(String address) {
        return dialAsync(DialOptions.to(address));
    }

    /** Connects without waiting; otherwise as {@link #dial(DialOptions)}. Cancelling the future stops dialing. */
    public CompletableFuture<Session> dialAsync(DialOptions target) {
        PeerState now = state;
        if (now == PeerState.CLOSING || now == PeerState.CLOSED) {
            throw new IllegalStateException("Peer '" + name() + "' is " + now + " and cannot dial");
        }
        return dialer.dial(target, protocol(Objects.requireNonNullElse(target.protocol(), options.protocol())));
    }

    /**
     * A pool of sessions with one remote peer. It dials when it is used, and by itself: what the target says of dialing again does not count.
     *
     * @throws IllegalArgumentException if the peer has no such protocol
     */
    public SessionPool pool(DialOptions target, PoolOptions limits) {
        protocol(Objects.requireNonNullElse(target.protocol(), options.protocol()));
        DialOptions once = new DialOptions(
                target.addresses(),
                target.protocol(),
                null,
                target.randomOrder(),
                target.asideTime(),
                target.ready(),
                target.listener());
        return new SessionPool(() -> dialAsync(once), limits, dialer.timer(), dialer.timer()::nanoTime);
    }

    /** Where handlers are registered, for accepted and dialed sessions alike. */
    public Router router() {
        return dispatcher.router();
    }

    /** Open sessions by id. */
    public SessionRegistry sessions() {
        return sessions;
    }

    /** Open and recently closed sockets. */
    public SocketRegistry sockets() {
        return sockets;
    }

    public String name() {
        return options.name();
    }

    public PeerOptions options() {
        return options;
    }

    /** The plugins in the order in which they run. */
    public List<Plugin> plugins() {
        return options.allPlugins();
    }

    /** The plugin of this class, for those that can be told something while they are in use. */
    public <P extends Plugin> Optional<P> plugin(Class<P> type) {
        return plugins().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    public PeerState state() {
        return state;
    }

    /** Where this peer listens, with actual ports; empty unless it is running. */
    public List<TransportAddress> listening() {
        return listeners.addresses();
    }

    /**
     * The port of the first address this peer listens on.
     *
     * @throws IllegalStateException if it listens on none
     */
    public int port() {
        return listening().stream()
                .mapToInt(TransportAddress::port)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Peer '" + name() + "' is not listening"));
    }

    /**
     * Closes gracefully and waits: stops listening, closes every session with reason SHUTDOWN, telling the other side to go elsewhere
     * ({@link io.teleport.session.GoAway}), refusing new calls with 503 and letting running handlers and pending calls end within the close timeout,
     * then ends the threads. Idempotent. On an event loop it begins all that and does not wait.
     */
    @Override
    public void close() {
        CompletableFuture<@Nullable Void> done = closeAsync();
        if (!EventLoopThread.isCurrent()) {
            done.join();
        }
    }

    /** As {@link #close()}, without waiting; completes when everything is gone. */
    public CompletableFuture<@Nullable Void> closeAsync() {
        return closeAsync(options.closeTimeout());
    }

    /** As {@link #closeAsync()}, with another limit for running handlers and pending calls; zero does not wait for them. */
    public CompletableFuture<@Nullable Void> closeAsync(Duration gracePeriod) {
        if (move(PeerState.CLOSING)) {
            threads.runCloser(new PeerCloser(
                    this, listeners, dialer, opener, transports, sockets, threads, gracePeriod, this::finishClosing));
        }
        return closed.copy();
    }

    /** The only place that changes the state; it moves forward or not at all. */
    private synchronized boolean move(PeerState next) {
        if (next.compareTo(state) <= 0) {
            return false;
        }
        state = next;
        return true;
    }

    private void finishClosing() {
        pluginHost.close();
        move(PeerState.CLOSED);
        log.info("peer {}: closed", name());
        closed.complete(null);
    }

    @Override
    public String toString() {
        return "peer " + name() + " (" + state() + ")";
    }
}
