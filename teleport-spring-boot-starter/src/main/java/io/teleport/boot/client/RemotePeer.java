package io.teleport.boot.client;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerState;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session open with the remote peer behind one or more addresses. They are tried in order; when none answers, or the session ends otherwise
 * than by our own closing, they are tried again after a delay, without end. Thread-safe.
 */
public final class RemotePeer {

    private static final Logger log = LoggerFactory.getLogger(RemotePeer.class);

    private final Peer peer;

    private final List<String> addresses;

    private final Backoff backoff;

    private final RedialTimer timer;

    private final CompletableFuture<Session> first = new CompletableFuture<>();

    // All below is guarded by this.

    private ConnectionState state = ConnectionState.NEW;

    private int failures;

    private @Nullable Session session;

    private @Nullable String connectedAddress;

    private long connectedNanos;

    private @Nullable Throwable lastFailure;

    private Runnable cancelTimer = () -> {};

    RemotePeer(Peer peer, List<String> addresses, Backoff backoff, RedialTimer timer) {
        this.peer = peer;
        this.addresses = List.copyOf(addresses);
        this.backoff = backoff;
        this.timer = timer;
    }

    /** Name of the peer that dials. */
    public String name() {
        return peer.name();
    }

    /** The addresses in the order in which they are tried. */
    public List<String> addresses() {
        return addresses;
    }

    public synchronized ConnectionState state() {
        return state;
    }

    /** The address of the session there is, null if there is none. */
    public synchronized @Nullable String connectedAddress() {
        return connectedAddress;
    }

    /** Why the latest attempt failed or the latest session ended; null if neither happened. */
    public synchronized @Nullable String lastError() {
        return lastFailure == null ? null : lastFailure.getMessage();
    }

    /** Begins to connect, unless that was done before. Does not wait. */
    public void start() {
        if (move(ConnectionState.NEW, ConnectionState.CONNECTING)) {
            dial(0);
        }
    }

    /** Dials no more. The session, if there is one, is left to the peer. */
    public void stop() {
        synchronized (this) {
            if (!state.mayBecome(ConnectionState.CLOSED)) {
                return;
            }
            state = ConnectionState.CLOSED;
            cancelTimer.run();
        }
        first.completeExceptionally(unavailable());
    }

    private synchronized boolean move(ConnectionState from, ConnectionState to) {
        if (state != from || !from.mayBecome(to)) {
            return false;
        }
        state = to;
        return true;
    }

    private void dial(int index) {
        String address = addresses.get(index);
        CompletableFuture<Session> dialing;
        try {
            dialing = peer.dialAsync(address);
        } catch (RuntimeException e) {
            failed(index, e);
            return;
        }
        dialing.whenComplete((dialed, failure) -> {
            if (failure == null) {
                connected(address, dialed);
            } else {
                failed(index, Failures.unwrap(failure));
            }
        });
    }

    private void connected(String address, Session dialed) {
        boolean wanted;
        synchronized (this) {
            wanted = state.mayBecome(ConnectionState.CONNECTED);
            if (wanted) {
                state = ConnectionState.CONNECTED;
                session = dialed;
                connectedAddress = address;
                connectedNanos = System.nanoTime();
            }
        }
        if (!wanted) {
            dialed.close(Duration.ZERO);
            return;
        }
        log.info("peer {}: connected to {}", name(), address);
        first.complete(dialed);
        dialed.closeFuture().thenAccept(cause -> ended(address, cause));
    }

    private void failed(int index, Throwable failure) {
        if (index + 1 < addresses.size() && state() == ConnectionState.CONNECTING) {
            log.debug("peer {}: cannot connect to {}: {}", name(), addresses.get(index), failure.getMessage());
            dial(index + 1);
            return;
        }
        if (isPeerClosing()) {
            stop();
            return;
        }
        boolean firstOfSeveral;
        synchronized (this) {
            if (!state.mayBecome(ConnectionState.WAITING)) {
                return;
            }
            firstOfSeveral = failures == 0;
            lastFailure = failure;
            waitAndDial();
        }
        first.completeExceptionally(unavailable());
        if (firstOfSeveral) {
            log.warn(
                    "peer {}: cannot connect to {}, will try until it succeeds: {}",
                    name(),
                    addresses,
                    failure.getMessage());
        } else {
            log.debug("peer {}: still cannot connect to {}: {}", name(), addresses, failure.getMessage());
        }
    }

    private boolean isPeerClosing() {
        return peer.state() == PeerState.CLOSING || peer.state() == PeerState.CLOSED;
    }

    private void ended(String address, CloseCause cause) {
        boolean ours = cause.reason() == CloseReason.LOCAL || cause.reason() == CloseReason.SHUTDOWN;
        synchronized (this) {
            session = null;
            connectedAddress = null;
            lastFailure = StatusException.withoutStackTrace(cause.toStatus()
                    .withCause("the session with " + address + " ended: " + cause.reason()
                            + (cause.detail().isEmpty() ? "" : ", " + cause.detail())));
            // A server that accepts and closes at once is treated like one that refuses.
            if (System.nanoTime() - connectedNanos >= backoff.longest().toNanos()) {
                failures = 0;
            }
            if (!ours) {
                waitAndDial();
            }
        }
        if (ours) {
            stop();
        } else {
            log.info("peer {}: the session with {} ended ({}), dialing again", name(), address, cause.reason());
        }
    }

    /** Called with the lock held. */
    private void waitAndDial() {
        if (state.mayBecome(ConnectionState.WAITING)) {
            state = ConnectionState.WAITING;
            cancelTimer = timer.after(backoff.delay(failures++), this::dialAgain);
        }
    }

    private void dialAgain() {
        if (move(ConnectionState.WAITING, ConnectionState.CONNECTING)) {
            dial(0);
        }
    }

    /**
     * The session, now or when the first attempt to connect has succeeded, which the peer's dial timeout limits.
     *
     * @return fails with a {@link StatusException} 105, whose cause is the last failure, if there is no connection
     */
    public CompletableFuture<Session> session() {
        start();
        synchronized (this) {
            if (session != null) {
                return CompletableFuture.completedFuture(session);
            }
        }
        return first.isDone() ? afterTheFirst() : duringTheFirst();
    }

    private synchronized CompletableFuture<Session> afterTheFirst() {
        // It may have come meanwhile.
        return session != null
                ? CompletableFuture.completedFuture(session)
                : CompletableFuture.failedFuture(unavailable());
    }

    private CompletableFuture<Session> duringTheFirst() {
        CompletableFuture<Session> result = new CompletableFuture<>();
        first.copy()
                .orTimeout(peer.options().dialTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((dialed, failure) -> {
                    if (failure == null) {
                        result.complete(dialed);
                    } else {
                        Throwable cause = Failures.unwrap(failure);
                        result.completeExceptionally(cause instanceof TimeoutException ? unavailable() : cause);
                    }
                });
        return result;
    }

    private synchronized StatusException unavailable() {
        Status status = Status.builtIn(
                StatusCode.DIAL_FAILED,
                "peer '" + name() + "' is not connected to " + addresses + " ("
                        + (lastFailure == null ? state.toString() : lastFailure.getMessage()) + ")");
        return new StatusException(status, lastFailure);
    }

    @Override
    public String toString() {
        return "remote peer " + name() + " at " + addresses + " (" + state() + ")";
    }
}
