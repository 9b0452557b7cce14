package io.teleport.session;

import io.netty.util.concurrent.EventExecutor;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.SessionLifecycle.PlannedEnd;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketRole;
import io.teleport.transport.LoopTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The implementation of {@link Session}: identity, state and closing. Sending is done by {@link Calls}; what belongs to the connection is in
 * {@link Link}.
 */
public final class LiveSession implements Session {

    private static final Logger log = LoggerFactory.getLogger(LiveSession.class);

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final SessionEnvironment environment;

    private final SessionLifecycle lifecycle = new SessionLifecycle();

    private final SessionLinks links;

    private final CallDeadlines deadlines;

    private final LongSupplier clock;

    private final Calls calls = new Calls(this, null);

    private final AtomicInteger sequence = new AtomicInteger();

    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    private final CompletableFuture<CloseCause> closeFuture = new CompletableFuture<>();

    private final SessionAge age = new SessionAge(this::aged);

    private final CompletableFuture<GoAway> goAway = new CompletableFuture<>();

    private volatile String id;

    /** Whether the id is the address, and so changes with the connection. Changed under the lock of the registry. */
    private volatile boolean namedByAddress = true;

    private volatile @Nullable Principal principal;

    /** Made on the event loop as soon as the socket is open, so that no end of the connection is missed. */
    public LiveSession(SessionEnvironment environment, GuardedSocket socket) {
        this(environment, socket, null);
    }

    /** As {@link #LiveSession(SessionEnvironment, GuardedSocket)}, for a session that is dialed again when its connection ends. */
    public LiveSession(SessionEnvironment environment, GuardedSocket socket, @Nullable Redial redial) {
        this.environment = environment;
        this.links = new SessionLinks(this, lifecycle, socket, redial);
        // Event loops live as long as the peer, and so longer than any connection.
        EventExecutor loop = socket.eventLoop();
        this.clock = () -> LoopTime.nanoTime(loop);
        this.deadlines = new CallDeadlines(loop, links::expire);
        this.id = addressId();
        this.age.age(environment.settings().sessionAge());
        attributes.putAll(socket.handshakeAttributes());
        socket.attach(links.current());
    }

    /** The first connection, to be prepared. */
    public Preparation preparation() {
        return new Preparation(this, links.current(), false);
    }

    /** A further connection, to be prepared. On its event loop, as soon as its socket is open. */
    public Preparation preparation(GuardedSocket socket) {
        return new Preparation(this, links.add(socket), true);
    }

    /** Ends the preparation of a connection: enters the registry and begins to read, unless that was done before. */
    boolean open(Link link) {
        if (!links.use(link)) {
            return false;
        }
        attributes.putAll(link.socket().handshakeAttributes());
        environment.registry().add(this);
        if (state() != SessionState.OPEN) {
            // It ended while it was entered.
            environment.registry().remove(this);
        }
        age.begin(link.eventLoop());
        if (link.isGone()) {
            // Its end came before the age began.
            age.end();
        }
        boolean started = link.start();
        if (links.isHolding()) {
            environment.completions().execute(() -> links.sendHeld(calls));
        }
        // Who dials again has lost a connection that was open, however short.
        return started || links.redials();
    }

    /** For calls and pushes on one connection, whatever the state of the session. */
    Requester requester(Link link) {
        Calls own = new Calls(this, link);
        return serviceMethod -> new Request(this, own, serviceMethod);
    }

    SessionLinks links() {
        return links;
    }

    private GuardedSocket socket() {
        return links.current().socket();
    }

    @Override
    public String id() {
        return id;
    }

    void id(String newId) {
        id = newId;
    }

    boolean isNamedByAddress() {
        return namedByAddress;
    }

    /** Under the lock of the registry. */
    void namedByAddress(boolean byAddress) {
        namedByAddress = byAddress;
    }

    @Override
    public void rename(String newId) {
        environment.registry().rename(this, newId);
    }

    @Override
    public @Nullable Principal principal() {
        return principal;
    }

    void principal(@Nullable Principal newPrincipal) {
        principal = newPrincipal;
    }

    @Override
    public void login(Principal newPrincipal) {
        environment.registry().login(this, newPrincipal);
    }

    /** Whoever is known is known by a login, and that was made on a connection that is of no use any more. */
    void logout() {
        environment.registry().logout(this);
    }

    /** Of the connection there is now. */
    String addressId() {
        GuardedSocket socket = socket();
        return socket.role() == SocketRole.ACCEPTED ? socket.remoteAddressText() : socket.localAddressText();
    }

    @Override
    public SessionState state() {
        return lifecycle.state();
    }

    @Override
    public boolean isHealthy() {
        return state() == SessionState.OPEN && !isAskedToLeave();
    }

    private boolean isAskedToLeave() {
        return links.current().parting().heard() != null;
    }

    @Override
    public String remoteAddress() {
        return socket().remoteAddressText();
    }

    @Override
    public String localAddress() {
        return socket().localAddressText();
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return socket().peerCertificates();
    }

    @Override
    public String socketId() {
        return socket().id();
    }

    @Override
    public int callsInFlight() {
        return links.current().callsInFlight();
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    SessionEnvironment environment() {
        return environment;
    }

    /** Numbers of CALLs and PUSHes begin at 1 and wrap after 32 bits. */
    int nextSequence() {
        return sequence.incrementAndGet();
    }

    /** OK while calls and pushes of ours are admitted, else why not. */
    public Status refusal() {
        return switch (state()) {
            case OPEN -> links.redials() || !isAskedToLeave() ? Status.OK : GoAway.REFUSAL;
            // They wait, or are refused later.
            case REDIALING -> Status.OK;
            case PREPARING -> Status.builtIn(StatusCode.INVALID_OPERATION, "the session is not open yet");
            case CLOSING -> closedStatus();
            case CLOSED -> isAskedToLeave() ? GoAway.REFUSAL : closedStatus();
        };
    }

    /** 102, with the text of what ended the connection. */
    public Status closedStatus() {
        return socket().closedStatus();
    }

    // Sending.

    @Override
    public boolean isWritable() {
        return isHealthy() && socket().isWritable();
    }

    @Override
    public void onWritable(Runnable callback) {
        socket().whenWritable(() -> environment.completions().execute(() -> {
            try {
                callback.run();
            } catch (RuntimeException e) {
                log.error("{}: a callback for writability failed", this, e);
            }
        }));
    }

    @Override
    public Request request(String serviceMethod) {
        return new Request(this, calls, serviceMethod);
    }

    // Age.

    @Override
    public void age(Duration newAge) {
        age.age(newAge);
    }

    @Override
    public Duration age() {
        return age.age();
    }

    @Override
    public Optional<Duration> remainingAge() {
        return age.remaining();
    }

    private void aged(Duration limit) {
        socket().abort(CloseReason.AGE_EXPIRED, "the session is older than " + limit + ": i/o timeout");
    }

    // Closing.

    @Override
    public void close() {
        close(environment.settings().closeTimeout());
    }

    @Override
    public CompletionStage<CloseCause> close(Duration gracePeriod) {
        return close(gracePeriod, CloseReason.LOCAL, "");
    }

    @Override
    public CompletionStage<CloseCause> close(Duration gracePeriod, CloseReason reason, String detail) {
        boolean now = gracePeriod.isZero() || gracePeriod.isNegative();
        GoAway notice = now || reason != CloseReason.SHUTDOWN
                ? null
                : new GoAway(gracePeriod, environment.settings().retryAfter());
        if (lifecycle.move(SessionState.CLOSING, new PlannedEnd(reason, detail, notice))) {
            environment.registry().remove(this);
            Link link = links.settled();
            mayPart();
            if (now || link.isGone() || link.isIdle()) {
                endNow();
            } else {
                endAfter(gracePeriod);
            }
        }
        return closeFuture();
    }

    private void endAfter(Duration gracePeriod) {
        try {
            Future<?> limit =
                    links.current().eventLoop().schedule(this::endNow, nanos(gracePeriod), TimeUnit.NANOSECONDS);
            closeFuture.thenAccept(cause -> limit.cancel(false));
        } catch (RejectedExecutionException e) {
            // The event loop has ended; so has the connection.
            endNow();
        }
    }

    private static long nanos(Duration gracePeriod) {
        return gracePeriod.compareTo(LONGEST) < 0 ? gracePeriod.toNanos() : Long.MAX_VALUE;
    }

    /** Tells the other side of a shutdown, if there is one and it can be told. */
    void mayPart() {
        PlannedEnd end = lifecycle.plannedEnd();
        if (end != null && end.goAway() != null) {
            links.current().parting().say(end.goAway());
        }
    }

    /** Whether the peer is shutting down, so that others had better turn elsewhere. */
    boolean refusesCalls() {
        PlannedEnd end = lifecycle.plannedEnd();
        return end != null && end.goAway() != null;
    }

    /** On the event loop. */
    void toldToGoAway(Link link, GoAway notice) {
        links.leave(link, notice);
        environment.completions().execute(() -> goAway.complete(notice));
    }

    @Override
    public CompletionStage<GoAway> goAwayFuture() {
        return goAway.minimalCompletionStage();
    }

    /** Nothing runs on the link any more. */
    void idle(Link link) {
        if (lifecycle.state() == SessionState.CLOSING && link == links.current() && link.isIdle()) {
            endNow();
        }
    }

    /** Ends a closing session; what still waits is completed with 102 when the connection is gone. */
    private void endNow() {
        PlannedEnd end = lifecycle.plannedEnd();
        if (end != null) {
            socket().close(end.reason(), end.detail());
            links.endWithoutConnection(CloseCause.now(end.reason(), end.detail()));
        }
    }

    /** A connection is gone. On its event loop. */
    void gone(Link link, CloseCause cause) {
        links.gone(link, cause);
    }

    /** The session has no connection until it is dialed again. */
    void lost(CloseCause cause, Redial redial) {
        age.end();
        environment.registry().remove(this);
        logout();
        environment.completions().execute(() -> redial.lost(cause.toStatus()));
    }

    /** There will be no further connection. */
    public void gaveUp() {
        CloseCause cause = links.current().endCause();
        if (cause != null) {
            links.endWithoutConnection(cause);
        }
    }

    /** The time by which its calls and pushes wait. */
    LongSupplier clock() {
        return clock;
    }

    void watchDeadline(long deadlineNanos) {
        deadlines.watch(deadlineNanos);
    }

    /** The last connection is gone and no call waits any more. Called once. */
    void disconnected(CloseCause cause) {
        age.end();
        lifecycle.move(SessionState.CLOSED, null);
        environment.registry().remove(this);
        deadlines.stop();
        links.close(cause.toStatus());
        environment.completions().execute(() -> {
            closeFuture.complete(cause);
            try {
                environment.hooks().postDisconnect(this, cause);
            } catch (StatusException e) {
                log.error("{}: a plugin failed after the disconnection: {}", this, e.status());
            }
        });
    }

    @Override
    public CompletionStage<CloseCause> closeFuture() {
        return closeFuture.minimalCompletionStage();
    }

    @Override
    public String toString() {
        return "session " + id + " (socket " + socketId() + ", " + state() + ")";
    }
}
