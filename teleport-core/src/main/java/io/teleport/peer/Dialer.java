package io.teleport.peer;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.plugin.PluginHooks;
import io.teleport.protocol.Protocol;
import io.teleport.session.RedialTimer;
import io.teleport.session.RefusedDialException;
import io.teleport.session.Session;
import io.teleport.socket.SocketOpening;
import io.teleport.socket.SocketPipeline;
import io.teleport.socket.SocketRole;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes connections: what all dialing of a peer shares. Each session that is dialed has a {@link Dialing} of its own. Thread-safe. */
final class Dialer {

    private final String peer;

    private final Transports transports;

    private final SocketPipeline pipeline;

    private final SessionOpener opener;

    private final PluginHooks hooks;

    private final Duration timeout;

    private final PeerThreads threads;

    /** Oldest first. */
    private final Set<Dialing> underway = Collections.synchronizedSet(new LinkedHashSet<>());

    private volatile boolean closed;

    Dialer(
            String peer,
            Transports transports,
            SocketPipeline pipeline,
            SessionOpener opener,
            PluginHooks hooks,
            PeerThreads threads,
            Duration timeout) {
        this.peer = peer;
        this.transports = transports;
        this.pipeline = pipeline;
        this.opener = opener;
        this.hooks = hooks;
        this.threads = threads;
        this.timeout = timeout;
    }

    String peer() {
        return peer;
    }

    SessionOpener opener() {
        return opener;
    }

    Executor completions() {
        return threads.completions();
    }

    RedialTimer timer() {
        return threads.timer();
    }

    /** Fails with a {@link StatusException}: what a plugin refused with before the connection, else 105. */
    CompletableFuture<Session> dial(DialOptions target, Protocol protocol) {
        target.addresses().forEach(transports::parseForDialing);
        Dialing dialing = new Dialing(this, target, protocol);
        underway.add(dialing);
        dialing.session().whenComplete((session, failure) -> underway.remove(dialing));
        if (closed) {
            dialing.refuse(peerClosed());
        } else {
            dialing.start();
        }
        return dialing.session();
    }

    /**
     * Makes one connection.
     *
     * @param opening told of its socket
     * @param failed told instead if there is none
     * @throws RefusedDialException if a plugin refuses
     */
    void connect(String text, Protocol protocol, SocketOpening opening, Failure failed) {
        TransportAddress address = transports.parse(text);
        try {
            hooks.preDial(address);
        } catch (StatusException e) {
            throw new RefusedDialException(e.status());
        }
        AtomicReference<@Nullable Throwable> notEquipped = new AtomicReference<>();
        transports
                .connect(address, timeout, (channel, transport) -> {
                    try {
                        pipeline.equip(channel, SocketRole.DIALED, transport, protocol, opening);
                    } catch (RuntimeException e) {
                        // The channel is closed for that, and says no more than that it is.
                        notEquipped.set(e);
                        throw e;
                    }
                })
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        Throwable earlier = notEquipped.get();
                        failed.failed(dialFailed(address, earlier != null ? earlier : connected.cause()));
                    }
                });
    }

    /** Told why there is no connection. */
    @FunctionalInterface
    interface Failure {
        void failed(Status status);
    }

    private static Status dialFailed(TransportAddress address, @Nullable Throwable cause) {
        if (cause != null && cause.getMessage() != null) {
            return Status.builtIn(StatusCode.DIAL_FAILED, cause.getMessage());
        }
        String kind = cause == null ? "" : ": " + cause.getClass().getSimpleName();
        return Status.builtIn(StatusCode.DIAL_FAILED, "cannot connect to " + address + kind);
    }

    private static Status peerClosed() {
        return Status.builtIn(StatusCode.DIAL_FAILED, "the peer is closed");
    }

    /** Begins nothing any more; a session that is being dialed again ends when it is closed. */
    void stop() {
        closed = true;
        threads.endTimer();
    }

    /** Ends what is still underway once the event loops have ended: those no longer tell anybody anything. */
    void close() {
        stop();
        List.copyOf(underway).forEach(dialing -> dialing.refuse(peerClosed()));
    }
}
