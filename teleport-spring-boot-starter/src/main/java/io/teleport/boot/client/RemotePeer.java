package io.teleport.boot.client;

import io.teleport.message.Failures;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.session.RedialListener;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.session.WhileRedialing;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one session with the remote peer behind one or more addresses, dialed again as its policy says whenever its connection ends, and anew after an
 * operator has closed the session. Thread-safe.
 */
public final class RemotePeer {

    private final Peer peer;

    private final DialOptions target;

    private final RedialPolicy policy;

    // All below is guarded by this.

    private ConnectionState state = ConnectionState.NEW;

    private CompletableFuture<Session> session = new CompletableFuture<>();

    /** What to cancel when dialing is to stop. */
    private @Nullable CompletableFuture<Session> dialing;

    private boolean failedBefore;

    private @Nullable String connectedAddress;

    private @Nullable String lastError;

    RemotePeer(Peer peer, DialOptions target) {
        this.peer = peer;
        RedialPolicy wanted = target.redial();
        this.policy = wanted == null ? RedialPolicy.standard() : wanted;
        this.target = target.redial(policy).listener(new Observer(target.listener()));
    }

    /** Name of the peer that dials. */
    public String name() {
        return peer.name();
    }

    /** The addresses in the order in which they are given. */
    public List<String> addresses() {
        return target.addresses();
    }

    public synchronized ConnectionState state() {
        return state;
    }

    /** The address of the connection there is, null if there is none. */
    public synchronized @Nullable String connectedAddress() {
        return connectedAddress;
    }

    /** Why the latest attempt failed or the latest connection ended; null if neither happened. */
    public synchronized @Nullable String lastError() {
        return lastError;
    }

    /** Begins to connect, unless that was done before. Does not wait. */
    public void start() {
        CompletableFuture<Session> first;
        synchronized (this) {
            if (state != ConnectionState.NEW) {
                return;
            }
            state = ConnectionState.CONNECTING;
            if (session.isDone()) {
                session = new CompletableFuture<>();
            }
            first = session;
        }
        CompletableFuture<Session> begun;
        try {
            begun = peer.dialAsync(target);
        } catch (IllegalStateException e) {
            // The peer is closing.
            stop();
            return;
        }
        synchronized (this) {
            dialing = begun;
        }
        begun.whenComplete((dialed, failure) -> {
            if (failure == null) {
                dialed.closeFuture().thenAccept(this::ended);
                first.complete(dialed);
            } else {
                first.completeExceptionally(Failures.unwrap(failure));
            }
        });
        if (state() == ConnectionState.CLOSED) {
            begun.cancel(false);
        }
    }

    /** Dials no more. The session, if there is one, is left to the peer. */
    public void stop() {
        CompletableFuture<Session> underway;
        CompletableFuture<Session> waitedFor;
        synchronized (this) {
            if (!move(ConnectionState.CLOSED)) {
                return;
            }
            underway = dialing;
            waitedFor = session;
        }
        waitedFor.completeExceptionally(unavailable());
        if (underway != null) {
            underway.cancel(false);
        }
    }

    private synchronized boolean move(ConnectionState to) {
        if (!state.mayBecome(to)) {
            return false;
        }
        state = to;
        return true;
    }

    /** The session itself ended, not only its connection: closed here, or given up. */
    private void ended(CloseCause cause) {
        boolean ours = cause.reason() == CloseReason.LOCAL || cause.reason() == CloseReason.SHUTDOWN;
        boolean again;
        synchronized (this) {
            connectedAddress = null;
            lastError =
                    "the session ended: " + cause.reason() + (cause.detail().isEmpty() ? "" : ", " + cause.detail());
            // Given up: tried again when somebody asks for it, as in Go.
            again = !ours && state == ConnectionState.CONNECTED;
            if (!ours && state != ConnectionState.CLOSED) {
                state = ConnectionState.NEW;
            }
        }
        if (ours) {
            stop();
        } else if (again) {
            start();
        }
    }

    /**
     * The session, now or when the first connection is made, which the peer's dial timeout limits. Where calls are to fail while there is no connection,
     * so does this once an attempt has failed.
     *
     * @return fails with a {@link StatusException} 105, whose cause is the last failure, if there is no connection
     */
    public CompletableFuture<Session> session() {
        start();
        CompletableFuture<Session> wanted;
        synchronized (this) {
            wanted = session;
            if (!wanted.isDone() && failedBefore && policy.whileRedialing() == WhileRedialing.FAIL) {
                return CompletableFuture.failedFuture(unavailable());
            }
        }
        if (wanted.isDone() && !wanted.isCompletedExceptionally()) {
            return wanted.copy();
        }
        Duration limit = peer.options().dialTimeout();
        CompletableFuture<Session> result = new CompletableFuture<>();
        wanted.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((dialed, failure) -> {
            if (failure == null) {
                result.complete(dialed);
            } else {
                Throwable cause = Failures.unwrap(failure);
                boolean known = cause instanceof StatusException || cause instanceof TimeoutException;
                result.completeExceptionally(known ? unavailable() : cause);
            }
        });
        return result;
    }

    private synchronized StatusException unavailable() {
        return new StatusException(Status.builtIn(
                StatusCode.DIAL_FAILED,
                "peer '" + name() + "' is not connected to " + addresses() + " ("
                        + (lastError == null ? state.toString() : lastError) + ")"));
    }

    @Override
    public String toString() {
        return "remote peer " + name() + " at " + addresses() + " (" + state() + ")";
    }

    /** Keeps what is shown of the connection, and tells the application's own listener. */
    private final class Observer implements RedialListener {

        private final RedialListener application;

        Observer(RedialListener application) {
            this.application = application;
        }

        @Override
        public void lost(Status cause) {
            synchronized (RemotePeer.this) {
                connectedAddress = null;
                lastError = "the connection ended: " + describe(cause);
                move(ConnectionState.WAITING);
            }
            application.lost(cause);
        }

        @Override
        public void attempt(String address) {
            move(ConnectionState.CONNECTING);
            application.attempt(address);
        }

        @Override
        public void connected(String address) {
            synchronized (RemotePeer.this) {
                connectedAddress = address;
                failedBefore = false;
                move(ConnectionState.CONNECTED);
            }
            application.connected(address);
        }

        @Override
        public void failed(String address, Status cause) {
            synchronized (RemotePeer.this) {
                lastError = describe(cause);
                failedBefore = true;
            }
            application.failed(address, cause);
        }

        @Override
        public void waiting(Duration delay) {
            move(ConnectionState.WAITING);
            application.waiting(delay);
        }

        @Override
        public void gaveUp(Status cause) {
            synchronized (RemotePeer.this) {
                if (state != ConnectionState.CLOSED) {
                    state = ConnectionState.NEW;
                }
            }
            application.gaveUp(cause);
        }

        private String describe(Status cause) {
            return cause.msg() + (cause.cause() == null || cause.cause().isEmpty() ? "" : ": " + cause.cause());
        }
    }
}
