package io.teleport.session;

import io.teleport.codec.TypeRef;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.SessionLifecycle.PlannedEnd;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketRole;
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

    private final GuardedSocket socket;

    private final Link link;

    private final Calls calls;

    private final SessionLifecycle lifecycle = new SessionLifecycle();

    private final AtomicInteger sequence = new AtomicInteger();

    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    private final CompletableFuture<CloseCause> closeFuture = new CompletableFuture<>();

    private final SessionAge age = new SessionAge(this::aged);

    private final CompletableFuture<GoAway> goAway = new CompletableFuture<>();

    private volatile String id;

    /** Made on the event loop as soon as the socket is open, so that no end of the connection is missed. */
    public LiveSession(SessionEnvironment environment, GuardedSocket socket) {
        this.environment = environment;
        this.socket = socket;
        this.link = new Link(this, socket);
        this.calls = new Calls(this, link);
        this.id = addressId();
        this.age.age(environment.settings().sessionAge());
        attributes.putAll(socket.handshakeAttributes());
        socket.attach(link);
    }

    /**
     * Ends the preparation: enters the registry and begins to read.
     *
     * @return false if the connection ended meanwhile
     */
    public boolean open() {
        if (!lifecycle.move(SessionState.OPEN, null)) {
            return false;
        }
        environment.registry().add(this);
        if (state() != SessionState.OPEN) {
            // It ended while it was entered.
            environment.registry().remove(this);
            return false;
        }
        age.begin(link.eventLoop());
        return link.start();
    }

    /** Begins the exchange of messages before the session is open. */
    public Handshake handshake() {
        return link.handshake(false);
    }

    @Override
    public String id() {
        return id;
    }

    void id(String newId) {
        id = newId;
    }

    @Override
    public void rename(String newId) {
        environment.registry().rename(this, newId.isEmpty() ? addressId() : newId);
    }

    private String addressId() {
        return socket.role() == SocketRole.ACCEPTED ? socket.remoteAddressText() : socket.localAddressText();
    }

    @Override
    public SessionState state() {
        return lifecycle.state();
    }

    @Override
    public boolean isHealthy() {
        return refusal().isOk();
    }

    @Override
    public String remoteAddress() {
        return socket.remoteAddressText();
    }

    @Override
    public String localAddress() {
        return socket.localAddressText();
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return socket.peerCertificates();
    }

    @Override
    public String socketId() {
        return socket.id();
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
            case OPEN -> link.parting().heard() == null ? Status.OK : GoAway.REFUSAL;
            case PREPARING -> Status.builtIn(StatusCode.INVALID_OPERATION, "the session is not open yet");
            case CLOSING -> closedStatus();
            case CLOSED -> link.parting().heard() == null ? closedStatus() : GoAway.REFUSAL;
        };
    }

    /** 102, with the text of what ended the connection. */
    public Status closedStatus() {
        return socket.closedStatus();
    }

    // Sending.

    @Override
    public <R> R call(String serviceMethod, @Nullable Object body, Class<R> resultType) {
        return Calls.bodyForCaller(request(serviceMethod).call(body, resultType));
    }

    @Override
    public <R> R call(String serviceMethod, @Nullable Object body, TypeRef<R> resultType) {
        return Calls.bodyForCaller(request(serviceMethod).call(body, resultType));
    }

    @Override
    public <R> CompletableFuture<R> callAsync(String serviceMethod, @Nullable Object body, Class<R> resultType) {
        return BodyFuture.of(request(serviceMethod).callAsync(body, resultType));
    }

    @Override
    public <R> CompletableFuture<R> callAsync(String serviceMethod, @Nullable Object body, TypeRef<R> resultType) {
        return BodyFuture.of(request(serviceMethod).callAsync(body, resultType));
    }

    @Override
    public void push(String serviceMethod, @Nullable Object body) {
        Status status = calls.push(request(serviceMethod), body, null);
        if (!status.isOk()) {
            throw status.toException();
        }
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
        socket.abort(CloseReason.AGE_EXPIRED, "the session is older than " + limit + ": i/o timeout");
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
            mayPart();
            if (now || link.isIdle()) {
                endNow();
            } else {
                endAfter(gracePeriod);
            }
        }
        return closeFuture();
    }

    private void endAfter(Duration gracePeriod) {
        try {
            Future<?> limit = link.eventLoop().schedule(this::endNow, nanos(gracePeriod), TimeUnit.NANOSECONDS);
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
            link.parting().say(end.goAway());
        }
    }

    /** Whether the peer is shutting down, so that others had better turn elsewhere. */
    boolean refusesCalls() {
        PlannedEnd end = lifecycle.plannedEnd();
        return end != null && end.goAway() != null;
    }

    /** On the event loop. */
    void toldToGoAway(GoAway notice) {
        environment.completions().execute(() -> goAway.complete(notice));
    }

    @Override
    public CompletionStage<GoAway> goAwayFuture() {
        return goAway.minimalCompletionStage();
    }

    /** Nothing runs on the link any more. */
    void idle() {
        if (lifecycle.state() == SessionState.CLOSING && link.isIdle()) {
            endNow();
        }
    }

    /** Ends a closing session; what still waits is completed with 102 when the connection is gone. */
    private void endNow() {
        PlannedEnd end = lifecycle.plannedEnd();
        if (end != null) {
            socket.close(end.reason(), end.detail());
        }
    }

    /** The connection is gone and no call waits any more. Called once, on the event loop. */
    void disconnected(CloseCause cause) {
        age.end();
        lifecycle.move(SessionState.CLOSED, null);
        environment.registry().remove(this);
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
        return "session " + id + " (socket " + socket.id() + ", " + state() + ")";
    }
}
