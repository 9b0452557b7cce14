package io.teleport.session;

import io.netty.util.concurrent.EventExecutor;
import io.teleport.message.BodyWriter;
import io.teleport.message.LogText;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketListener;
import io.teleport.socket.WriteListener;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session has on one connection: the calls that wait for a reply on it and the handlers that will answer on it. Everything here ends
 * with the connection; nothing moves to another (G2). Thread-safe.
 */
final class Link implements SocketListener {

    private static final Logger log = LoggerFactory.getLogger(Link.class);

    private final LiveSession session;

    private final GuardedSocket socket;

    private final PendingCalls pending = new PendingCalls();

    /** Why the connection has ended. Set under the lock of {@link SessionLinks}. */
    private volatile @Nullable CloseCause endCause;

    private final AtomicBoolean started = new AtomicBoolean();

    private final WatchedInbounds watched;

    private final AtomicInteger handlers = new AtomicInteger();

    /** Bytes of the messages that are being handled. */
    private final AtomicLong heldBytes = new AtomicLong();

    /** Pending calls and running handlers together. Counted before the state is looked at, so a graceful close never misses one. */
    private final AtomicInteger work = new AtomicInteger();

    private final Parting parting;

    /** Before the session is open, if anybody has messages to exchange then. */
    private volatile @Nullable LinkHandshake handshake;

    /** How many calls and pushes have come. On the event loop. */
    private int requests;

    private boolean warnedOfStrayReply;

    private boolean warnedOfRefusal;

    /** What the dispatcher keeps for this connection. */
    private @Nullable Object dispatcherState;

    Link(LiveSession session, GuardedSocket socket) {
        this.session = session;
        this.socket = socket;
        this.watched = new WatchedInbounds(socket.eventLoop());
        this.parting = new Parting(session, this, socket);
    }

    LiveSession session() {
        return session;
    }

    GuardedSocket socket() {
        return socket;
    }

    EventExecutor eventLoop() {
        return socket.eventLoop();
    }

    /** Whether what is written now may still get out. */
    boolean isUsable() {
        return socket.state().acceptsWrites();
    }

    boolean isGone() {
        return endCause != null;
    }

    /** Null while it has not ended. */
    @Nullable
    CloseCause endCause() {
        return endCause;
    }

    void markGone(CloseCause cause) {
        endCause = cause;
    }

    /** What a refused or failed write gets. */
    Status closedStatus() {
        return socket.closedStatus();
    }

    /** As {@link GuardedSocket#write}. */
    Status write(OutgoingMessage message, BodyWriter body, @Nullable WriteListener listener, long waitNanos) {
        return parting.write(message, body, listener, waitNanos);
    }

    Parting parting() {
        return parting;
    }

    // The beginning.

    /** Gives the messages that arrive from now on to a handshake. */
    Handshake handshake(boolean redial) {
        LinkHandshake begun = new LinkHandshake(this, redial);
        handshake = begun;
        return begun;
    }

    /** The handshake waits for a message. */
    void readHandshake() {
        if (!socket.start()) {
            socket.takeBytes(true);
        }
    }

    /**
     * Begins to read for good, with what the handshake has left. Repeated, it does nothing.
     *
     * @return false if the connection ended meanwhile
     */
    boolean start() {
        if (!started.compareAndSet(false, true)) {
            return !isGone();
        }
        LinkHandshake done = handshake;
        if (done == null) {
            beforeNextMessage();
            return socket.start();
        }
        try {
            eventLoop().execute(() -> startAfter(done));
        } catch (RejectedExecutionException e) {
            // The event loop has ended, and with it the connection.
            return false;
        }
        return true;
    }

    private void startAfter(LinkHandshake done) {
        beforeNextMessage();
        done.finish().forEach(this::onMessage);
        handshake = null;
        readHandshake();
    }

    // Calls of ours.

    /**
     * Admits a call. Once admitted, it is taken out exactly once, by whoever brings its outcome.
     *
     * @param own whether it is made on this very connection, whatever the state of the session
     * @return OK if it is admitted, else why not
     */
    Status admit(PendingCall call, boolean own) {
        work.incrementAndGet();
        Status refusal = own ? Status.OK : session.refusal();
        if (refusal.isOk() && !own && parting.heard() != null) {
            // The next connection will take it, if there is to be one.
            refusal = session.links().redials() ? Status.builtIn(StatusCode.CONNECTION_CLOSED) : GoAway.REFUSAL;
        }
        if (refusal.isOk() && pending.size() >= session.environment().settings().pendingLimit()) {
            refusal = Status.builtIn(StatusCode.WRITE_FAILED, "too many calls wait for a reply: " + pending.size());
        }
        call.admittedTo(this);
        if (refusal.isOk() && !pending.add(call)) {
            refusal = Status.builtIn(StatusCode.WRITE_FAILED, "a call with number " + call.sequence() + " still waits");
        }
        if (!refusal.isOk()) {
            workEnded();
        }
        return refusal;
    }

    /** Takes a call out before its outcome has come; false if somebody else has it in hand. */
    boolean take(PendingCall call) {
        if (!pending.remove(call)) {
            return false;
        }
        workEnded();
        return true;
    }

    private void finish(PendingCall removed, Status status) {
        removed.fail(status);
        workEnded();
    }

    long expire(long now) {
        return pending.expire(now, call -> finish(call, TimedOut.status(call)));
    }

    // Messages of the other side.

    @Override
    public void onMessage(Message received) {
        LinkHandshake unfinished = handshake;
        if (unfinished != null && unfinished.take(received)) {
            return;
        }
        Message message = parting.heard(received);
        MessageType type = message.header().type();
        switch (type) {
            case REPLY -> onReply(message);
            case CALL, PUSH -> onCallOrPush(message);
            default -> onUnsupported(message);
        }
        beforeNextMessage();
    }

    /** Runs the hook that precedes each wait for a message. */
    void beforeNextMessage() {
        try {
            session.environment().hooks().preReadHeader(session);
        } catch (StatusException e) {
            socket.abort(CloseReason.LOCAL, "a plugin refused to read on: " + e.getMessage());
        }
    }

    private void onReply(Message message) {
        PendingCall call = pending.remove(message.header().sequence());
        if (call == null) {
            message.release();
            logStrayReply(message);
            return;
        }
        call.succeed(message);
        workEnded();
    }

    private void logStrayReply(Message message) {
        int sequence = message.header().sequence();
        // A late reply to a call that timed out is ordinary; a peer that sends nothing else must not fill the log.
        if (warnedOfStrayReply) {
            log.debug("{}: dropped a reply nobody waits for: {}", session, sequence);
        } else {
            warnedOfStrayReply = true;
            log.warn("{}: dropped a reply nobody waits for (more of them are logged at DEBUG): {}", session, sequence);
        }
    }

    private void onCallOrPush(Message message) {
        if (parting.takes(message.header())) {
            message.release();
            partingWentOn();
        } else {
            onRequest(message);
        }
    }

    private void partingWentOn() {
        if (work.get() == 0) {
            idle();
        }
    }

    private void onRequest(Message message) {
        work.incrementAndGet();
        int limit = session.environment().settings().handlerLimit();
        Inbound inbound = new Inbound(this, message, ++requests);
        long heldBefore = heldBytes.getAndAdd(inbound.heldBytes());
        int running = handlers.incrementAndGet();
        if (message.header().type() == MessageType.CALL && session.refusesCalls() && !parting.othersMayCome()) {
            log.debug("{}: shutting down, refused {}", session, message);
            inbound.answer(GoAway.REFUSAL);
            inbound.done();
            return;
        }
        if (running > limit) {
            refuse(inbound, Status.of(StatusCode.INTERNAL_SERVER_ERROR, "handlers overload, session_limit=" + limit));
            return;
        }
        long byteLimit = session.environment().settings().inboundLimit();
        if (heldBefore > 0 && heldBefore + inbound.heldBytes() > byteLimit) {
            refuse(
                    inbound,
                    Status.of(
                            StatusCode.INTERNAL_SERVER_ERROR,
                            "inbound overload, session_limit=" + byteLimit + " bytes"));
            return;
        }
        try {
            session.environment().dispatcher().dispatch(inbound);
        } catch (RuntimeException e) {
            log.error("{}: failed to dispatch {}", session, message, e);
            if (!inbound.isDone()) {
                refuse(inbound, Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR));
            }
        }
    }

    private void refuse(Inbound inbound, Status status) {
        MessageHeader request = inbound.message().header();
        if (warnedOfRefusal) {
            log.debug("{}: refused {} {}: {}", session, request.type(), LogText.of(request.serviceMethod()), status);
        } else {
            warnedOfRefusal = true;
            log.warn(
                    "{}: refused {} {} (more are logged at DEBUG): {}",
                    session,
                    request.type(),
                    LogText.of(request.serviceMethod()),
                    status);
        }
        if (request.type() == MessageType.CALL) {
            inbound.answer(status);
        }
        inbound.done();
    }

    private void onUnsupported(Message message) {
        String detail = "unsupported message type: " + message.header().typeId() + " ("
                + message.header().type().text() + ")";
        message.release();
        if (session.isHealthy()) {
            // Once: while the session closes, more of them may follow.
            log.error("{}: {}", session, detail);
        }
        session.close(session.environment().settings().closeTimeout(), CloseReason.PROTOCOL_ERROR, detail);
    }

    Object dispatcherState(Supplier<?> initial) {
        Object state = dispatcherState;
        if (state == null) {
            state = initial.get();
            dispatcherState = state;
        }
        return state;
    }

    /** A message that is being handled has become longer, or is no longer held. */
    void holdsMore(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    void handlerEnded() {
        handlers.decrementAndGet();
    }

    WatchedInbounds watched() {
        return watched;
    }

    void workEnded() {
        if (work.decrementAndGet() == 0) {
            idle();
        }
    }

    private void idle() {
        // Looked at again behind it: since it was heard no call is admitted, but one may have been before.
        if (parting.heard() != null && work.get() == 0) {
            parting.drained();
        }
        session.idle(this);
    }

    /** Whether nothing runs here, and what the other side may have sent already is waited for where it can be known. */
    boolean isIdle() {
        return !(session.refusesCalls() && parting.othersMayCome()) && work.get() == 0;
    }

    // The end.

    @Override
    public void onClosed(CloseCause cause) {
        LinkHandshake unfinished = handshake;
        if (unfinished != null) {
            unfinished.connectionEnded(cause.toStatus());
        }
        session.gone(this, cause);
        watched.end();
    }

    /**
     * Ends all calls that wait for a reply, before anything else that waits for them: a handler that waits for one of them on this very session must be
     * set free (see concurrency-faults.md).
     *
     * @param moves takes over a call that goes on elsewhere, or says that it does not
     */
    void endCalls(Status status, Predicate<PendingCall> moves) {
        pending.drain(call -> {
            if (!moves.test(call)) {
                call.fail(status);
            }
            workEnded();
        });
    }

    @Override
    public String sessionId() {
        return session.id();
    }

    @Override
    public @Nullable String principal() {
        Principal principal = session.principal();
        return principal == null ? null : principal.name();
    }

    @Override
    public @Nullable Instant lastBeatAt() {
        return session.attributes().get(Session.LAST_BEAT) instanceof Instant beat ? beat : null;
    }

    @Override
    public int callsInFlight() {
        return work.get();
    }
}
