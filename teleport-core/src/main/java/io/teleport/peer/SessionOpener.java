package io.teleport.peer;

import io.netty.util.concurrent.Future;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.plugin.PluginHooks;
import io.teleport.session.LiveSession;
import io.teleport.session.Session;
import io.teleport.session.SessionEnvironment;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketOpening;
import io.teleport.socket.SocketRole;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a session of each new socket: has its handshake done and its hooks run, opens it, and keeps hold of every session until its end, so that
 * closing the peer misses none, not even one that is still being prepared. Where others connect, it is who waits for the sockets. Thread-safe.
 */
final class SessionOpener implements SocketOpening {

    private static final Logger log = LoggerFactory.getLogger(SessionOpener.class);

    private final SessionEnvironment environment;

    private final PluginHooks hooks;

    private final Duration handshakeTimeout;

    private final FailedHandshakes failedHandshakes = new FailedHandshakes();

    private final Set<LiveSession> alive = ConcurrentHashMap.newKeySet();

    private volatile boolean closing;

    SessionOpener(SessionEnvironment environment, PluginHooks hooks, Duration handshakeTimeout) {
        this.environment = environment;
        this.hooks = hooks;
        this.handshakeTimeout = handshakeTimeout;
    }

    /** On the event loop, for an accepted socket. */
    @Override
    public void opened(GuardedSocket socket) {
        LiveSession session = adopt(socket);
        prepare(session, socket, hooks.nothingAfterAccept(), (opened, refusal) -> {});
    }

    /** On the event loop, for an accepted socket that did not get that far. */
    @Override
    public void failed(GuardedSocket socket, CloseCause cause) {
        if (cause.reason() == CloseReason.HANDSHAKE_FAILED) {
            failedHandshakes.add(socket, cause);
        }
    }

    /**
     * On the event loop, for a dialed socket.
     *
     * @param outcome told once, with the session, and null when it is open, else why it is not
     */
    void dialed(GuardedSocket socket, BiConsumer<Session, @Nullable Status> outcome) {
        LiveSession session = adopt(socket);
        prepare(session, socket, hooks.nothingAfterDial(), outcome);
    }

    private LiveSession adopt(GuardedSocket socket) {
        LiveSession session = new LiveSession(environment, socket);
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
            LiveSession session,
            GuardedSocket socket,
            boolean nothingToRun,
            BiConsumer<Session, @Nullable Status> outcome) {
        if (nothingToRun) {
            open(session, outcome);
            return;
        }
        Future<?> limit = socket.eventLoop()
                .schedule(
                        () -> socket.abort(
                                CloseReason.HANDSHAKE_FAILED, "handshake: not done within " + handshakeTimeout),
                        handshakeTimeout.toNanos(),
                        TimeUnit.NANOSECONDS);
        CompletableFuture.runAsync(() -> {}, environment.completions())
                .thenCompose(nothing -> handshake(session, socket.role()))
                .thenRunAsync(() -> runHooks(session, socket.role()), environment.completions())
                .whenComplete((nothing, failure) -> {
                    limit.cancel(false);
                    if (failure == null) {
                        open(session, outcome);
                    } else {
                        refuse(session, refusal(failure), outcome);
                    }
                });
    }

    private CompletableFuture<@Nullable Void> handshake(LiveSession session, SocketRole role) {
        return hooks.hasHandshake(role)
                ? hooks.handshake(role, session.handshake())
                : CompletableFuture.completedFuture(null);
    }

    private void runHooks(LiveSession session, SocketRole role) {
        if (role == SocketRole.DIALED) {
            hooks.postDial(session, false);
        } else {
            hooks.postAccept(session);
        }
    }

    private static Status refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StatusException refusal) {
            return refusal.status();
        }
        throw new IllegalStateException("hooks refuse with a status", cause);
    }

    private static void refuse(LiveSession session, Status refusal, BiConsumer<Session, @Nullable Status> outcome) {
        session.close(Duration.ZERO, CloseReason.HANDSHAKE_FAILED, String.valueOf(refusal.causeOrMsg()));
        outcome.accept(session, refusal);
    }

    private static void open(LiveSession session, BiConsumer<Session, @Nullable Status> outcome) {
        if (session.open()) {
            log.debug("{}: open", session);
            outcome.accept(session, null);
        } else {
            outcome.accept(session, session.closedStatus());
        }
    }

    /** From now on new sockets are closed at once. */
    Collection<LiveSession> closeDoor() {
        closing = true;
        return alive;
    }
}
