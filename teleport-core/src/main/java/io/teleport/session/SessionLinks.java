package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a session, one after another, and what waits between two of them. What was begun on a connection stays with its {@link Link}; this
 * only says which one is used now. Thread-safe.
 */
final class SessionLinks {

    /** What became of a request that should wait for a connection. */
    enum Holding {
        /** It waits, or has its outcome. */
        HELD,
        /** There is a connection: send it. */
        NOT_NEEDED,
        /** There will be no connection. */
        REFUSED
    }

    private final LiveSession session;

    private final SessionLifecycle lifecycle;

    private final @Nullable Redial redial;

    private final HeldRequests held = new HeldRequests();

    /** How often somebody was asked to send what is held and has not done so. */
    private final AtomicInteger sending = new AtomicInteger();

    /** Connections that are not gone, oldest first: the current one, one that is being prepared. */
    private final List<Link> alive = new CopyOnWriteArrayList<>();

    /** Changed under the lock. */
    private volatile Link current;

    /** Whether requests have to wait: from the loss of a connection until all that waited has been sent. Changed under the lock. */
    private volatile boolean holding;

    /** Whether the session ever ran: until then whoever dials is not dialing for it alone. Changed under the lock. */
    private volatile boolean used;

    /** Whether the end of the session was taken in hand. Under the lock. */
    private boolean ended;

    SessionLinks(LiveSession session, SessionLifecycle lifecycle, GuardedSocket first, @Nullable Redial redial) {
        this.session = session;
        this.lifecycle = lifecycle;
        this.redial = redial;
        this.current = new Link(session, first);
        alive.add(current);
    }

    /** The connection that is used now, or was the last. */
    Link current() {
        return current;
    }

    /** As {@link #current}, but not while another takes its place: after the session has begun to close it is the last. */
    synchronized Link settled() {
        return current;
    }

    boolean redials() {
        return redial != null;
    }

    boolean isHolding() {
        return holding;
    }

    // Connections come and go.

    /** A new connection, to be prepared. */
    Link add(GuardedSocket socket) {
        Link added = new Link(session, socket);
        alive.add(added);
        socket.attach(added);
        SessionState state = lifecycle.state();
        if (state == SessionState.CLOSING || state == SessionState.CLOSED) {
            socket.abort(CloseReason.LOCAL, "the session is closed");
        }
        return added;
    }

    /** The session runs on this connection from now on; false if it, or the session, ended meanwhile. */
    synchronized boolean use(Link link) {
        if (link.isGone() || !lifecycle.move(SessionState.OPEN, null)) {
            return false;
        }
        current = link;
        used = true;
        if (redial != null) {
            // Told to go away before it was used, it takes nothing new. Nothing waits where nothing may.
            boolean leaves = link.parting().heard() != null;
            holding = leaves || (holding && redial.policy().whileRedialing() != WhileRedialing.FAIL);
        }
        return true;
    }

    /** The other side of this connection is shutting down: what begins from now on waits for the next one. */
    void leave(Link link, GoAway notice) {
        if (redial == null) {
            return;
        }
        synchronized (this) {
            if (link != current || lifecycle.state() != SessionState.OPEN) {
                return;
            }
            holding = true;
        }
        redial.leave(notice.retryAfter());
    }

    /** A connection is gone. */
    void gone(Link link, CloseCause cause) {
        boolean lost;
        boolean end;
        synchronized (this) {
            link.markGone(cause);
            alive.remove(link);
            boolean isCurrent = link == current;
            lost = isCurrent && redial != null && lifecycle.move(SessionState.REDIALING, null);
            holding |= lost;
            end = isCurrent && !lost && !ended;
            ended |= end;
        }
        if (lost) {
            link.endCalls(cause.toStatus(), this::moves);
            session.lost(cause, Objects.requireNonNull(redial, "only who dials again loses a connection"));
        } else {
            link.endCalls(cause.toStatus(), call -> false);
        }
        if (end) {
            session.disconnected(cause);
        }
    }

    /** Whether a call that a connection has left behind goes on to the next one (G6); it is held then. */
    private boolean moves(PendingCall call) {
        return call.mayMove() && hold(call) == Holding.HELD;
    }

    /** Ends the session as planned if it has no connection whose end would do it. */
    void endWithoutConnection(CloseCause cause) {
        boolean end;
        synchronized (this) {
            end = current.isGone() && !ended;
            ended |= end;
        }
        if (end) {
            session.environment().completions().execute(() -> session.disconnected(cause));
        }
    }

    /** The session has ended: nothing waits or dials any more. */
    void close(Status status) {
        if (redial != null && used) {
            redial.stop();
        }
        alive.forEach(link -> link.socket().abort(CloseReason.LOCAL, "the session is closed"));
        List<HeldRequest> left;
        synchronized (this) {
            // Whoever found the session not closed yet has entered its request by now; whoever comes later is refused.
            left = held.drain();
        }
        left.forEach(request -> request.failHeld(status));
    }

    // What waits.

    Holding hold(HeldRequest request) {
        return hold(request, false);
    }

    /** As {@link #hold}, for one that waited before and was the first. */
    Holding holdAgain(HeldRequest request) {
        return hold(request, true);
    }

    private Holding hold(HeldRequest request, boolean again) {
        synchronized (this) {
            SessionState state = lifecycle.state();
            if (redial == null || state == SessionState.CLOSING || state == SessionState.CLOSED) {
                return Holding.REFUSED;
            }
            if (!holding && current.isUsable()) {
                return Holding.NOT_NEEDED;
            }
            if (redial.policy().whileRedialing() == WhileRedialing.FAIL) {
                return Holding.REFUSED;
            }
            int limit = session.environment().settings().pendingLimit();
            if (again) {
                held.putBack(request);
            } else if (!held.add(request, limit)) {
                request.failHeld(Status.builtIn(
                        StatusCode.WRITE_FAILED, "too many calls and pushes wait for a connection: " + limit));
                return Holding.HELD;
            }
        }
        session.watchDeadline(request.deadlineNanos());
        if (request.isOver()) {
            // Cancelled before it could be found here.
            held.remove(request);
        }
        return Holding.HELD;
    }

    /** Every call that ends comes by here, and where nothing dials again nothing is held. */
    void forget(HeldRequest request) {
        if (redial != null) {
            held.remove(request);
        }
    }

    /**
     * Sends what waits, in its order; what is begun meanwhile waits behind it. Called for each new connection: whoever sends already goes on with it, since
     * two would overtake each other.
     */
    void sendHeld(Calls calls) {
        if (sending.getAndIncrement() > 0) {
            return;
        }
        do {
            for (HeldRequest next = nextHeld(); next != null; next = nextHeld()) {
                calls.sendHeld(next);
            }
        } while (sending.decrementAndGet() > 0);
    }

    private synchronized @Nullable HeldRequest nextHeld() {
        if (lifecycle.state() != SessionState.OPEN
                || !current.isUsable()
                || current.parting().heard() != null) {
            // Lost again: sent by whoever opens the session next.
            return null;
        }
        HeldRequest next = held.poll();
        if (next == null) {
            holding = false;
        }
        return next;
    }

    /** Ends what has waited too long, here and for replies; gives how long the next may still wait. */
    long expire(long now) {
        long soonest = held.expire(now, request -> request.failHeld(request.timedOut()));
        for (Link link : alive) {
            soonest = Math.min(soonest, link.expire(now));
        }
        return soonest;
    }
}
