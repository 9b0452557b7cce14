package io.teleport.session;

import io.netty.util.concurrent.EventExecutor;
import io.teleport.message.BodyWriter;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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

    private final CallDeadlines deadlines;

    private final AtomicInteger handlers = new AtomicInteger();

    /** Bytes of the messages that are being handled. */
    private final AtomicLong heldBytes = new AtomicLong();

    /** Pending calls and running handlers together. Counted before the state is looked at, so a graceful close never misses one. */
    private final AtomicInteger work = new AtomicInteger();

    private final Parting parting;

    /** Before the session is open, if anybody has messages to exchange then. */
    private volatile @Nullable LinkHandshake handshake;

    private boolean warnedOfStrayReply;

    private boolean warnedOfRefusal;

    /** What the dispatcher keeps for this connection. */
    private @Nullable Object dispatcherState;

    Link(LiveSession session, GuardedSocket socket) {
        this.session = session;
        this.socket = socket;
        this.parting = new Parting(session, socket);
        this.deadlines = new CallDeadlines(socket.eventLoop(), this::expire);
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

    /** As {@link GuardedSocket#write}. */
    Status write(MessageHeader header, BodyWriter body, @Nullable WriteListener listener) {
        return parting.write(header, body, listener);
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
     * Begins to read for good, with what the handshake has left.
     *
     * @return false if the connection ended meanwhile
     */
    boolean start() {
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

    /** Admits a call, or fails it. Once admitted, it is taken out exactly once, by whoever brings its outcome. */
    boolean admit(PendingCall call) {
        work.incrementAndGet();
        Status refusal = session.refusal();
        if (refusal.isOk() && pending.size() >= session.environment().settings().pendingLimit()) {
            refusal = Status.builtIn(StatusCode.WRITE_FAILED, "too many calls wait for a reply: " + pending.size());
        }
        if (refusal.isOk() && !pending.add(call)) {
            refusal = Status.builtIn(StatusCode.WRITE_FAILED, "a call with number " + call.sequence() + " still waits");
        }
        if (refusal.isOk()) {
            return true;
        }
        call.fail(refusal);
        workEnded();
        return false;
    }

    /** Lets the event loop watch the deadline of a call that nobody waits for on a thread. */
    void watchDeadline(PendingCall call) {
        deadlines.watch(call.deadlineNanos());
    }

    /** Brings the outcome of a call from this side, unless another came first. */
    void fail(PendingCall call, Status status) {
        call.fail(status);
        if (pending.remove(call)) {
            workEnded();
        }
    }

    private void finish(PendingCall removed, Status status) {
        removed.fail(status);
        workEnded();
    }

    private long expire(long now) {
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
        // A late reply to a call that timed out is ordinary; a peer that sends nothing else must not fill the log.
        if (warnedOfStrayReply) {
            log.debug("{}: dropped a reply nobody waits for: {}", session, message);
        } else {
            warnedOfStrayReply = true;
            log.warn("{}: dropped a reply nobody waits for (more of them are logged at DEBUG): {}", session, message);
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
        Inbound inbound = new Inbound(this, message);
        long heldBefore = heldBytes.getAndAdd(inbound.heldBytes());
        int running = handlers.incrementAndGet();
        if (message.header().type() == MessageType.CALL && session.refusesCalls()) {
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
            log.debug("{}: refused {} {}: {}", session, request.type(), request.serviceMethod(), status);
        } else {
            warnedOfRefusal = true;
            log.warn(
                    "{}: refused {} {} (more are logged at DEBUG): {}",
                    session,
                    request.type(),
                    request.serviceMethod(),
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

    /** A message that is being handled has become longer. */
    void holdsMore(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    void handlerEnded(long bytes) {
        handlers.decrementAndGet();
        heldBytes.addAndGet(-bytes);
        workEnded();
    }

    private void workEnded() {
        if (work.decrementAndGet() == 0) {
            idle();
        }
    }

    private void idle() {
        // Looked at again behind it: since it was heard no call is admitted, but one may have been before.
        if (parting.heard() != null && work.get() == 0) {
            parting.drained();
        }
        session.idle();
    }

    /** Whether nothing runs here, and what the other side may have sent already is waited for where it can be known. */
    boolean isIdle() {
        return !(session.refusesCalls() && parting.othersMayCome()) && work.get() == 0;
    }

    // The end.

    @Override
    public void onClosed(CloseCause cause) {
        // Calls first: a handler that waits for one of them on this very session must be set free (see
        // concurrency-faults.md).
        deadlines.stop();
        LinkHandshake unfinished = handshake;
        if (unfinished != null) {
            unfinished.connectionEnded(cause.toStatus());
        }
        cancelPending(cause.toStatus());
        session.disconnected(cause);
    }

    void cancelPending(Status status) {
        pending.drain(call -> finish(call, status));
    }

    @Override
    public String sessionId() {
        return session.id();
    }

    @Override
    public int callsInFlight() {
        return work.get();
    }
}
