package io.teleport.peer;

import io.teleport.codec.TypeRef;
import io.teleport.message.Failures;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.RedialTimer;
import io.teleport.session.Request;
import io.teleport.session.Requester;
import io.teleport.session.Session;
import io.teleport.transport.EventLoopThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several sessions with one remote peer, so that many calls need not go through one connection. A call goes over the session that has the fewest calls
 * in flight; only when all are busy, and there may be more, it is a new one, which is dialed for it. Sessions without calls, and those that have ended or
 * whose other side is shutting down, are closed after a while. Made by {@link Peer#pool}. Thread-safe.
 *
 * <p>If no session is to be had, calls and pushes fail with 100 "Wrong Connection" and the reason as its cause; after {@link #close()} that is
 * {@code workshop is closed}, as in Go. A call that has to wait for a connection waits for the peer's dial timeout at the most, in addition to its own.
 */
public final class SessionPool implements Requester, AutoCloseable {

    private static final String CLOSED = "workshop is closed";

    private final Supplier<CompletableFuture<Session>> dial;

    private final PoolOptions options;

    private final RedialTimer timer;

    private final LongSupplier clock;

    // All below is guarded by this.

    private final List<Member> members = new ArrayList<>();

    private boolean closed;

    private boolean sweeping;

    private Runnable cancelSweep = () -> {};

    /** @param clock a nanosecond clock such as {@link System#nanoTime} */
    SessionPool(Supplier<CompletableFuture<Session>> dial, PoolOptions options, RedialTimer timer, LongSupplier clock) {
        this.dial = dial;
        this.options = options;
        this.timer = timer;
        this.clock = clock;
    }

    /** One session, or one that is being dialed. Guarded by the pool. */
    private static final class Member {

        final CompletableFuture<Session> ready = new CompletableFuture<>();

        /** Who chose it while it was being dialed. */
        int waiting;

        long lastUsed;

        /** Null while it is being dialed, and if that has failed. */
        @Nullable
        Session session() {
            return ready.isCompletedExceptionally() ? null : ready.getNow(null);
        }

        int load() {
            Session session = session();
            return session == null ? waiting : session.callsInFlight();
        }

        boolean isUsable() {
            Session session = session();
            return session == null ? !ready.isDone() : session.isHealthy();
        }
    }

    /**
     * The session that a call would go over now; dialed if need be.
     *
     * @return fails with a {@link StatusException} 100 if there is none to be had
     */
    public CompletableFuture<Session> session() {
        Member chosen;
        boolean isNew = false;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(wrongConnection(CLOSED));
            }
            chosen = leastLoaded(Member::isUsable);
            if (chosen == null || (chosen.load() >= options.busyCalls() && usable() < options.maxSessions())) {
                chosen = new Member();
                members.add(chosen);
                isNew = true;
            }
            chosen.waiting++;
            chosen.lastUsed = clock.getAsLong();
            sweepLater();
        }
        if (isNew) {
            dial(chosen);
        }
        Session there = chosen.session();
        return there == null ? orShared(chosen) : CompletableFuture.completedFuture(there);
    }

    private @Nullable Member leastLoaded(Predicate<Member> among) {
        return members.stream()
                .filter(among)
                .min(Comparator.comparingInt(Member::load))
                .orElse(null);
    }

    private long usable() {
        return members.stream().filter(Member::isUsable).count();
    }

    private void dial(Member added) {
        CompletableFuture<Session> dialing;
        try {
            dialing = dial.get();
        } catch (RuntimeException e) {
            dialing = CompletableFuture.failedFuture(e);
        }
        dialing.whenComplete((session, failure) -> {
            boolean wanted;
            synchronized (this) {
                wanted = failure == null && !closed;
                if (!wanted) {
                    members.remove(added);
                }
            }
            if (failure != null) {
                added.ready.completeExceptionally(wrongConnection(reason(failure)));
            } else if (wanted) {
                added.ready.complete(session);
                if (isClosed()) {
                    // The pool was closed since, and may not have found it.
                    session.close();
                }
            } else {
                session.close();
                added.ready.completeExceptionally(wrongConnection(CLOSED));
            }
        });
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** The session when it has been dialed; if that fails one that there is, if there is any. */
    private CompletableFuture<Session> orShared(Member chosen) {
        CompletableFuture<Session> result = new CompletableFuture<>();
        chosen.ready.whenComplete((session, failure) -> {
            Session other = failure == null ? session : leastLoadedSession();
            if (other != null) {
                result.complete(other);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private synchronized @Nullable Session leastLoadedSession() {
        Member least = leastLoaded(member -> member.session() != null && member.isUsable());
        return least == null ? null : least.session();
    }

    private static String reason(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof StatusException refused
                ? String.valueOf(refused.status().causeOrMsg())
                : String.valueOf(cause.getMessage());
    }

    private static StatusException wrongConnection(String reason) {
        return StatusException.withoutStackTrace(Status.builtIn(StatusCode.WRONG_CONNECTION, reason));
    }

    // Calls.

    /**
     * A call or push with options of its own, on the session that is chosen now. Waits if it has to be dialed.
     *
     * @throws StatusException 100 if there is no session
     * @throws IllegalStateException on an event loop, if a session has to be dialed
     */
    @Override
    public Request request(String serviceMethod) {
        CompletableFuture<Session> session = session();
        if (!session.isDone()) {
            EventLoopThread.refuseBlocking("Waiting for a session of a pool");
        }
        return Failures.join(session).request(serviceMethod);
    }

    @Override
    public <R> CompletableFuture<R> callAsync(String serviceMethod, @Nullable Object body, Class<R> resultType) {
        return onSession(session -> session.callAsync(serviceMethod, body, resultType));
    }

    @Override
    public <R> CompletableFuture<R> callAsync(String serviceMethod, @Nullable Object body, TypeRef<R> resultType) {
        return onSession(session -> session.callAsync(serviceMethod, body, resultType));
    }

    private <R> CompletableFuture<R> onSession(Function<Session, CompletableFuture<R>> call) {
        CompletableFuture<R> result = new CompletableFuture<>();
        session().whenComplete((session, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (!result.isDone()) {
                begin(call, session, result);
            }
        });
        return result;
    }

    private static <R> void begin(
            Function<Session, CompletableFuture<R>> call, Session session, CompletableFuture<R> result) {
        try {
            CompletableFuture<R> begun = call.apply(session);
            begun.whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
            result.whenComplete((value, failure) -> begun.cancel(false));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    // The end of sessions, and of all.

    /** Called with the lock held. */
    private void sweepLater() {
        if (!sweeping && !closed) {
            sweeping = true;
            Duration interval = options.idleTime().dividedBy(2);
            cancelSweep = timer.after(interval, this::sweep);
        }
    }

    private void sweep() {
        List<Session> idle = new ArrayList<>();
        synchronized (this) {
            sweeping = false;
            long now = clock.getAsLong();
            members.removeIf(member -> {
                Session session = member.session();
                if (session == null || (session.isHealthy() && !isIdle(member, session, now))) {
                    return false;
                }
                idle.add(session);
                return true;
            });
            if (!members.isEmpty()) {
                sweepLater();
            }
        }
        idle.forEach(Session::close);
    }

    private boolean isIdle(Member member, Session session, long now) {
        if (session.callsInFlight() > 0) {
            member.lastUsed = now;
            return false;
        }
        return now - member.lastUsed >= options.idleTime().toNanos();
    }

    /** How many sessions there are, those included that are being dialed. */
    public synchronized int size() {
        return (int) usable();
    }

    /** Closes every session gracefully and refuses calls from now on. Returns at once; may be called repeatedly. */
    @Override
    public void close() {
        List<Member> ending;
        synchronized (this) {
            closed = true;
            cancelSweep.run();
            ending = List.copyOf(members);
            members.clear();
        }
        for (Member member : ending) {
            Session session = member.session();
            if (session != null) {
                session.close();
            }
        }
    }
}
