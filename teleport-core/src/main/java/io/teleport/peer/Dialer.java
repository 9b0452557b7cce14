package io.teleport.peer;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.plugin.PluginHooks;
import io.teleport.protocol.Protocol;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketOpening;
import io.teleport.socket.SocketPipeline;
import io.teleport.socket.SocketRole;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes connections. Thread-safe. */
final class Dialer {

    private final Transports transports;

    private final SocketPipeline pipeline;

    private final SessionOpener opener;

    private final PluginHooks hooks;

    private final Executor completions;

    private final Duration timeout;

    private final Set<CompletableFuture<Session>> underway = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Dialer(
            Transports transports,
            SocketPipeline pipeline,
            SessionOpener opener,
            PluginHooks hooks,
            Executor completions,
            Duration timeout) {
        this.transports = transports;
        this.pipeline = pipeline;
        this.opener = opener;
        this.hooks = hooks;
        this.completions = completions;
        this.timeout = timeout;
    }

    /** Fails with a {@link StatusException}: what a plugin refused with before the connection, else 105. */
    @SuppressWarnings("CollectionUndefinedEquality") // identity is what is meant
    CompletableFuture<Session> dial(String text, Protocol protocol) {
        TransportAddress address = transports.parse(text);
        CompletableFuture<Session> result = new CompletableFuture<>();
        underway.add(result);
        result.whenComplete((session, failure) -> underway.remove(result));
        if (closed) {
            refuse(result);
            return result;
        }
        try {
            hooks.preDial(address);
            AtomicReference<@Nullable Throwable> notEquipped = new AtomicReference<>();
            transports
                    .connect(address, timeout, (channel, transport) -> {
                        try {
                            pipeline.equip(channel, SocketRole.DIALED, transport, protocol, opening(address, result));
                        } catch (RuntimeException e) {
                            // The channel is closed for that, and says no more than that it is.
                            notEquipped.set(e);
                            throw e;
                        }
                    })
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            Throwable earlier = notEquipped.get();
                            fail(result, dialFailed(address, earlier != null ? earlier : connected.cause()));
                        }
                    });
        } catch (StatusException e) {
            result.completeExceptionally(e);
        } catch (RuntimeException e) {
            underway.remove(result);
            throw e;
        }
        return result;
    }

    private SocketOpening opening(TransportAddress address, CompletableFuture<Session> result) {
        return new SocketOpening() {
            @Override
            public void opened(GuardedSocket socket) {
                opener.dialed(socket, (session, refusal) -> done(result, session, refusal));
            }

            @Override
            public void failed(GuardedSocket socket, CloseCause cause) {
                String text = cause.detail().isEmpty() ? cause.reason().name() : cause.detail();
                fail(result, Status.builtIn(StatusCode.DIAL_FAILED, address + ": " + text));
            }
        };
    }

    /** Ends what is still underway once the event loops have ended: those no longer tell anybody anything. */
    void close() {
        closed = true;
        underway.forEach(this::refuse);
    }

    private void refuse(CompletableFuture<Session> result) {
        fail(result, Status.builtIn(StatusCode.DIAL_FAILED, "the peer is closed"));
    }

    private static Status dialFailed(TransportAddress address, @Nullable Throwable cause) {
        if (cause != null && cause.getMessage() != null) {
            return Status.builtIn(StatusCode.DIAL_FAILED, cause.getMessage());
        }
        String kind = cause == null ? "" : ": " + cause.getClass().getSimpleName();
        return Status.builtIn(StatusCode.DIAL_FAILED, "cannot connect to " + address + kind);
    }

    private void fail(CompletableFuture<Session> result, Status status) {
        completions.execute(() -> result.completeExceptionally(StatusException.withoutStackTrace(status)));
    }

    private void done(CompletableFuture<Session> result, Session session, @Nullable Status refusal) {
        if (refusal != null) {
            // As in Go, the refusing hook's code and msg are replaced, its cause is kept.
            String cause = refusal.causeOrMsg();
            fail(result, Status.builtIn(StatusCode.DIAL_FAILED, cause == null ? "" : cause));
            return;
        }
        completions.execute(() -> {
            if (!result.complete(session)) {
                // The caller gave up meanwhile; nobody else knows this session.
                session.close(Duration.ZERO);
            }
        });
    }
}
