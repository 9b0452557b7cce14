package io.teleport.peer;

import io.netty.util.concurrent.Future;
import io.teleport.message.Failures;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.plugin.PluginHooks;
import io.teleport.session.LiveSession;
import io.teleport.session.Preparation;
import io.teleport.session.ReadyHandler;
import io.teleport.session.Redial;
import io.teleport.session.SessionEnvironment;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketOpening;
import io.teleport.socket.SocketRole;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a session of each new socket: has its handshake done and its hooks run, opens it, and keeps hold of every session until its end, so that
 * closing the peer misses none, not even one that is still being prepared. Where others connect, it is who waits for the sockets. Thread-safe.
 */
final class SessionOpener implements SocketOpening {

    private static final Logger log = LoggerFactory.getLogger(SessionOpener.class);

    private static final CompletableFuture<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

    private final SessionEnvironment environment;

    private final PluginHooks hooks;

    private final Duration handshakeTimeout;

    private final FailedHandshakes failedHandshakes = new FailedHandshakes();

    /** Oldest first. */
    private final Set<LiveSession> alive = Collections.synchronizedSet(new LinkedHashSet<>());

    private volatile boolean closing;

    SessionOpener(SessionEnvironment environment, PluginHooks hooks, Duration handshakeTimeout) {
        this.environment = environment;
        this.hooks = hooks;
        this.handshakeTimeout = handshakeTimeout;
    }

    /** On the event loop, for an accepted socket. */
    @Override
    public void opened(GuardedSocket socket) {
        LiveSession session = adopt(new LiveSession(environment, socket), socket);
        prepare(session.preparation(), hooks.nothingAfterAccept(), null, refusal -> {});
    }

    /** On the event loop, for an accepted socket that did not get that far. */
    @Override
    public void failed(GuardedSocket socket, CloseCause cause) {
        if (cause.reason() == CloseReason.HANDSHAKE_FAILED) {
            failedHandshakes.add(socket, cause);
        }
    }

    /**
     * On the event loop, for a dialed socket: makes a session, or gives it to the one that is dialed again.
     *
     * @param outcome told once: null when the session is open, else why it is not
     */
    LiveSession dialed(
            GuardedSocket socket,
            @Nullable LiveSession again,
            @Nullable Redial redial,
            @Nullable ReadyHandler ready,
            Consumer<@Nullable Status> outcome) {
        LiveSession session = again != null ? again : adopt(new LiveSession(environment, socket, redial), socket);
        Preparation preparation = again != null ? again.preparation(socket) : session.preparation();
        prepare(preparation, hooks.nothingAfterDial() && ready == null, ready, outcome);
        return session;
    }

    private LiveSession adopt(LiveSession session, GuardedSocket socket) {
        alive.add(session);
        session.closeFuture().thenAccept(cause -> {
            alive.remove(session);
            logEnd(session, cause);
        });
        if (closing) {
            socket.abort(CloseReason.SHUTDOWN, "the peer is closing");
        }
        return session;
    }

    /** Most ends are ordinary and there are many; those that an operator may have to look into are told at INFO. */
    private static void logEnd(LiveSession session, CloseCause cause) {
        switch (cause.reason()) {
            case LOCAL, REMOTE, SHUTDOWN -> log.debug("{}: {}", session, cause);
            default -> log.info("{}: {}", session, cause);
        }
    }

    private void prepare(
            Preparation preparation,
            boolean nothingToRun,
            @Nullable ReadyHandler ready,
            Consumer<@Nullable Status> outcome) {
        if (nothingToRun) {
            open(preparation, outcome);
            return;
        }
        GuardedSocket socket = preparation.socket();
        Executor completions = environment.completions();
        CompletableFuture<@Nullable Void> prepared = CompletableFuture.runAsync(() -> {}, completions)
                .thenCompose(nothing -> handshake(preparation))
                .thenRunAsync(() -> runHooks(preparation), completions)
                .thenCompose(nothing -> becomeReady(preparation, ready));
        Future<?> limit = socket.eventLoop()
                .schedule(() -> overdue(socket, prepared), handshakeTimeout.toNanos(), TimeUnit.NANOSECONDS);
        prepared.whenComplete((nothing, failure) -> {
            limit.cancel(false);
            if (failure == null) {
                open(preparation, outcome);
            } else {
                Status refusal = refusal(failure);
                preparation.refuse(refusal);
                outcome.accept(refusal);
            }
        });
    }

    /** Also ends a preparation that has not noticed the end of its connection, such as a hook that waits for something else. */
    private void overdue(GuardedSocket socket, CompletableFuture<?> prepared) {
        String problem = "handshake: not done within " + handshakeTimeout;
        socket.abort(CloseReason.HANDSHAKE_FAILED, problem);
        prepared.completeExceptionally(
                StatusException.withoutStackTrace(Status.builtIn(StatusCode.CONNECTION_CLOSED, problem)));
    }

    private CompletableFuture<@Nullable Void> handshake(Preparation preparation) {
        SocketRole role = preparation.socket().role();
        return hooks.hasHandshake(role) ? hooks.handshake(role, preparation.handshake()) : DONE;
    }

    private void runHooks(Preparation preparation) {
        if (preparation.socket().role() == SocketRole.DIALED) {
            hooks.postDial(preparation.session(), preparation.isRedial());
        } else {
            hooks.postAccept(preparation.session());
        }
    }

    private static CompletableFuture<@Nullable Void> becomeReady(
            Preparation preparation, @Nullable ReadyHandler ready) {
        if (ready == null) {
            return DONE;
        }
        try {
            CompletionStage<?> done = ready.ready(preparation.begin(), preparation.session(), preparation.isRedial());
            return done == null ? DONE : done.thenAccept(nothing -> {}).toCompletableFuture();
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Status refusal(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof StatusException refusal) {
            return refusal.status();
        }
        log.error("The preparation of a connection failed", cause);
        return Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR, String.valueOf(cause.getMessage()));
    }

    private static void open(Preparation preparation, Consumer<@Nullable Status> outcome) {
        @Nullable Status refusal;
        try {
            refusal = preparation.open() ? null : preparation.closedStatus();
        } catch (RuntimeException e) {
            // From a hook before the first message, or a listener of the application.
            log.error("{}: could not be opened", preparation.session(), e);
            refusal = Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR, String.valueOf(e.getMessage()));
        }
        if (refusal == null) {
            log.debug("{}: open", preparation.session());
        } else {
            preparation.refuse(refusal);
        }
        outcome.accept(refusal);
    }

    /** From now on new sockets are closed at once. Gives the sessions there are, oldest first. */
    List<LiveSession> closeDoor() {
        closing = true;
        return List.copyOf(alive);
    }
}
