package io.teleport.session;

import io.teleport.message.Failures;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dials for one session, the first time and whenever its connection has ended: round by round, one attempt at a time, until there is a connection or
 * the policy says that it is enough. Thread-safe.
 *
 * <p>The log has the first failure of a row at WARN and the others at DEBUG, so that a server that is away for long does not fill it.
 */
public final class Redial {

    private static final Logger log = LoggerFactory.getLogger(Redial.class);

    /** Connects to one address and prepares the session on the new connection. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * Begins an attempt.
         *
         * @return completes when the session is open on it; fails with a {@link StatusException}, which is a {@link RefusedDialException} if it is no use
         *     to repeat the attempt
         */
        CompletableFuture<?> dial(String address);
    }

    /** Told how it ended, the first time or after a loss; once each time. */
    public interface Outcome {

        void connected();

        void gaveUp(StatusException failure);
    }

    private final String name;

    private final DialTargets targets;

    private final RedialPolicy policy;

    private final RedialTimer timer;

    private final LongSupplier clock;

    private final Attempt attempt;

    private final Outcome outcome;

    private final RedialListener listener;

    // Guarded by this.

    private RedialState state = RedialState.IDLE;

    private int failedRounds;

    private long connectedNanos;

    private volatile String connectedTo = "";

    private @Nullable Status lostMeanwhile;

    /** How long the other side wants to be left alone. */
    private @Nullable Duration pause;

    private Runnable cancelTimer = () -> {};

    Redial(
            String name,
            DialTargets targets,
            RedialPolicy policy,
            RedialTimer timer,
            LongSupplier clock,
            Attempt attempt,
            Outcome outcome,
            RedialListener listener) {
        this.name = name;
        this.targets = targets;
        this.policy = policy;
        this.timer = timer;
        this.clock = clock;
        this.attempt = attempt;
        this.outcome = outcome;
        this.listener = new GuardedListener(listener);
    }

    /**
     * For a session behind some addresses.
     *
     * @param name of who dials, for the log
     */
    public static Redial of(
            String name,
            List<String> addresses,
            boolean randomOrder,
            Duration asideTime,
            RedialPolicy policy,
            RedialTimer timer,
            Attempt attempt,
            Outcome outcome,
            RedialListener listener) {
        DialTargets targets =
                new DialTargets(addresses, randomOrder, asideTime, timer::nanoTime, RandomGenerator.getDefault());
        return new Redial(name, targets, policy, timer, timer::nanoTime, attempt, outcome, listener);
    }

    RedialPolicy policy() {
        return policy;
    }

    synchronized RedialState state() {
        return state;
    }

    /** Dials for the first time. */
    public void start() {
        if (move(RedialState.IDLE, RedialState.DIALING)) {
            round();
        }
    }

    /** Dials again, since the connection has ended; a server that accepts and closes at once is treated like one that refuses. */
    void lost(Status cause) {
        boolean lasted;
        Duration wanted;
        synchronized (this) {
            if (state == RedialState.DIALING) {
                // The connection has ended before its attempt was told to have succeeded.
                lostMeanwhile = cause;
            }
            if (state != RedialState.IDLE) {
                return;
            }
            state = RedialState.DIALING;
            lasted = clock.getAsLong() - connectedNanos
                    >= policy.delay().longest().toNanos();
            wanted = pause;
            pause = null;
            // Who announces its end is not one that accepts and closes at once.
            lasted |= wanted != null;
            if (lasted) {
                failedRounds = 0;
            }
        }
        listener.lost(cause);
        log.info("{}: the connection ended ({}), dialing {} again", name, cause, targets);
        if (lasted) {
            Duration usual = policy.delay().beforeFirst();
            waitAndDial(wanted == null ? usual : usual.plus(wanted));
        } else {
            roundFailed(StatusException.withoutStackTrace(cause));
        }
    }

    /**
     * The other side is shutting down: its address comes last for a while.
     *
     * @param retryAfter how long it is better left alone; kept where there is no other
     */
    void leave(Duration retryAfter) {
        targets.failed(connectedTo);
        synchronized (this) {
            pause = targets.isSingle() ? retryAfter : Duration.ZERO;
        }
    }

    /** Dials no more; an attempt that is under way ends by itself. */
    public void stop() {
        synchronized (this) {
            state = RedialState.STOPPED;
            cancelTimer.run();
        }
    }

    private synchronized boolean move(RedialState from, RedialState to) {
        if (state != from || !from.mayBecome(to)) {
            return false;
        }
        state = to;
        return true;
    }

    private void round() {
        next(targets.round().iterator());
    }

    private void next(Iterator<String> addresses) {
        String address = addresses.next();
        listener.attempt(address);
        CompletableFuture<?> dialing;
        try {
            dialing = attempt.dial(address);
        } catch (RuntimeException e) {
            dialing = CompletableFuture.failedFuture(e);
        }
        dialing.whenComplete((nothing, failure) -> {
            if (failure == null) {
                connected(address);
            } else {
                failed(address, addresses, statusOf(failure));
            }
        });
    }

    private static StatusException statusOf(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof StatusException refused) {
            return refused;
        }
        return new StatusException(Status.builtIn(StatusCode.DIAL_FAILED, String.valueOf(cause.getMessage())), cause);
    }

    private void connected(String address) {
        targets.succeeded(address);
        connectedTo = address;
        if (state() == RedialState.DIALING) {
            // Before a loss can be told: whoever listens hears of one event at a time, in their order.
            listener.connected(address);
        }
        synchronized (this) {
            connectedNanos = clock.getAsLong();
            if (!state.mayBecome(RedialState.IDLE)) {
                return;
            }
            state = RedialState.IDLE;
        }
        if (policy.rounds() == 0) {
            log.debug("{}: connected to {}", name, address);
        } else {
            log.info("{}: connected to {}", name, address);
        }
        outcome.connected();
        Status lost = takeLostMeanwhile();
        if (lost != null) {
            lost(lost);
        }
    }

    private synchronized @Nullable Status takeLostMeanwhile() {
        Status lost = lostMeanwhile;
        lostMeanwhile = null;
        return lost;
    }

    private void failed(String address, Iterator<String> others, StatusException failure) {
        targets.failed(address);
        listener.failed(address, failure.status());
        if (state() != RedialState.DIALING) {
            return;
        }
        if (failure instanceof RefusedDialException) {
            giveUp(failure);
        } else if (others.hasNext()) {
            log.debug("{}: cannot connect to {}: {}", name, address, failure.status());
            next(others);
        } else {
            roundFailed(failure);
        }
    }

    private void roundFailed(StatusException failure) {
        int failed;
        synchronized (this) {
            failed = ++failedRounds;
        }
        if (policy.isLast(failed)) {
            giveUp(failure);
            return;
        }
        Duration delay = policy.delay().after(failed - 1);
        if (failed == 1) {
            log.warn("{}: cannot connect to {}, will try again: {}", name, targets, failure.status());
        } else {
            log.debug("{}: still cannot connect to {}: {}", name, targets, failure.status());
        }
        waitAndDial(delay);
    }

    private void waitAndDial(Duration delay) {
        if (delay.isZero()) {
            round();
            return;
        }
        listener.waiting(delay);
        synchronized (this) {
            if (state.mayBecome(RedialState.WAITING)) {
                state = RedialState.WAITING;
                cancelTimer = timer.after(delay, this::again);
            }
        }
    }

    private void again() {
        if (move(RedialState.WAITING, RedialState.DIALING)) {
            round();
        }
    }

    private void giveUp(StatusException failure) {
        if (!moveToStopped()) {
            return;
        }
        if (policy.rounds() != 0) {
            log.warn("{}: gave up connecting to {}: {}", name, targets, failure.status());
        }
        listener.gaveUp(failure.status());
        outcome.gaveUp(failure);
    }

    private synchronized boolean moveToStopped() {
        boolean moves = state.mayBecome(RedialState.STOPPED);
        state = RedialState.STOPPED;
        return moves;
    }

    @Override
    public String toString() {
        return name + " to " + targets + " (" + state() + ")";
    }
}
