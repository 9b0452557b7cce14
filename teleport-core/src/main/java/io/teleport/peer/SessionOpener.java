package io.teleport.peer;

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
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a session of each new socket: runs the hooks, opens it, and keeps hold of every session until its end, so that closing the peer misses
 * none, not even one that is still being prepared. Where others connect, it is who waits for the sockets. Thread-safe.
 */
final class SessionOpener implements SocketOpening {

    private static final Logger log = LoggerFactory.getLogger(SessionOpener.class);

    private final SessionEnvironment environment;

    private final PluginHooks hooks;

    private final FailedHandshakes failedHandshakes = new FailedHandshakes();

    private final Set<LiveSession> alive = ConcurrentHashMap.newKeySet();

    private volatile boolean closing;

    SessionOpener(SessionEnvironment environment, PluginHooks hooks) {
        this.environment = environment;
        this.hooks = hooks;
    }

    /** On the event loop, for an accepted socket. */
    @Override
    public void opened(GuardedSocket socket) {
        LiveSession session = adopt(socket);
        prepare(session, hooks.nothingAfterAccept(), () -> hooks.postAccept(session), (opened, refusal) -> {});
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
        prepare(session, hooks.nothingAfterDial(), () -> hooks.postDial(session, false), outcome);
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
            LiveSession session, boolean nothingToRun, Runnable hook, BiConsumer<Session, @Nullable Status> outcome) {
        if (nothingToRun) {
            open(session, outcome);
            return;
        }
        environment.completions().execute(() -> {
            try {
                hook.run();
            } catch (StatusException e) {
                session.close(
                        Duration.ZERO,
                        CloseReason.HANDSHAKE_FAILED,
                        String.valueOf(e.status().causeOrMsg()));
                outcome.accept(session, e.status());
                return;
            }
            open(session, outcome);
        });
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
