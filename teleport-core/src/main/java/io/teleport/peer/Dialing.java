package io.teleport.peer;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.protocol.Protocol;
import io.teleport.session.LiveSession;
import io.teleport.session.Redial;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketOpening;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The dialing of one session, at first and again as long as it lives. Thread-safe. */
final class Dialing implements Redial.Attempt, Redial.Outcome {

    /** For who does not want to be dialed again. */
    private static final RedialPolicy ONCE = RedialPolicy.asInGo(0, Duration.ofMillis(1));

    private final Dialer dialer;

    private final DialOptions target;

    private final Protocol protocol;

    private final Redial redial;

    private final CompletableFuture<Session> result = new CompletableFuture<>();

    /** There once the first connection is made. */
    private volatile @Nullable LiveSession live;

    Dialing(Dialer dialer, DialOptions target, Protocol protocol) {
        this.dialer = dialer;
        this.target = target;
        this.protocol = protocol;
        RedialPolicy policy = target.redial();
        this.redial = Redial.of(
                "peer " + dialer.peer(),
                target.addresses(),
                target.randomOrder(),
                target.asideTime(),
                policy == null ? ONCE : policy,
                dialer.timer(),
                this,
                this,
                target.listener());
    }

    /** The session, once it is open for the first time. */
    CompletableFuture<Session> session() {
        return result;
    }

    void start() {
        result.whenComplete((session, failure) -> {
            if (failure != null) {
                redial.stop();
                LiveSession open = live;
                if (open != null) {
                    open.close(Duration.ZERO);
                }
            }
        });
        redial.start();
    }

    @Override
    public CompletableFuture<?> dial(String address) {
        CompletableFuture<@Nullable Void> attempt = new CompletableFuture<>();
        dialer.connect(address, protocol, opening(address, attempt), status -> fail(attempt, status));
        return attempt;
    }

    private SocketOpening opening(String address, CompletableFuture<@Nullable Void> attempt) {
        return new SocketOpening() {
            @Override
            public void opened(GuardedSocket socket) {
                opening(socket, attempt);
            }

            @Override
            public void failed(GuardedSocket socket, CloseCause cause) {
                String text = cause.detail().isEmpty() ? cause.reason().name() : cause.detail();
                fail(attempt, Status.builtIn(StatusCode.DIAL_FAILED, address + ": " + text));
            }
        };
    }

    private void opening(GuardedSocket socket, CompletableFuture<@Nullable Void> attempt) {
        LiveSession again = live;
        CompletableFuture<LiveSession> made = new CompletableFuture<>();
        made.complete(dialer.opener()
                .dialed(
                        socket,
                        again,
                        target.redial() == null ? null : redial,
                        target.ready(),
                        refusal -> made.thenAccept(session -> opened(session, refusal, attempt))));
    }

    private void opened(LiveSession session, @Nullable Status refusal, CompletableFuture<@Nullable Void> attempt) {
        if (refusal == null) {
            live = session;
            if (result.isCompletedExceptionally()) {
                // The caller gave up meanwhile, and nobody else knows this session.
                session.close(Duration.ZERO);
            }
            dialer.completions().execute(() -> attempt.complete(null));
        } else {
            // As in Go, the refusing hook's code and msg are replaced, its cause is kept.
            String cause = refusal.causeOrMsg();
            fail(attempt, Status.builtIn(StatusCode.DIAL_FAILED, cause == null ? "" : cause));
        }
    }

    private void fail(CompletableFuture<?> attempt, Status status) {
        dialer.completions().execute(() -> attempt.completeExceptionally(StatusException.withoutStackTrace(status)));
    }

    @Override
    public void connected() {
        LiveSession session = live;
        if (session != null) {
            result.complete(session);
        }
    }

    @Override
    public void gaveUp(StatusException failure) {
        LiveSession session = live;
        if (session == null) {
            result.completeExceptionally(failure);
        } else {
            session.gaveUp();
        }
    }

    void refuse(Status status) {
        redial.stop();
        fail(result, status);
    }
}
