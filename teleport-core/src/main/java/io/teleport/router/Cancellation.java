package io.teleport.router;

import io.teleport.session.Inbound;
import io.teleport.session.InboundWatcher;
import io.teleport.transport.EventLoopThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tells a handler that nobody waits for its result any more: the deadline has passed, or the connection has ended. Interrupts it where its route
 * allows. Thread-safe.
 */
final class Cancellation implements InboundWatcher {

    private final Inbound inbound;

    private final Invocation invocation;

    private long deadlineNanos = Inbound.NO_DEADLINE;

    private volatile boolean cancelled;

    private @Nullable List<Runnable> actions;

    /** The thread to interrupt. */
    private @Nullable Thread runner;

    private boolean interrupted;

    Cancellation(Inbound inbound, Invocation invocation) {
        this.inbound = inbound;
        this.invocation = invocation;
    }

    /** The handling ends at this moment or, if there is one, at an earlier one known before. */
    void endAt(long nanos) {
        synchronized (this) {
            if (deadlineNanos != Inbound.NO_DEADLINE && deadlineNanos - nanos <= 0) {
                return;
            }
            deadlineNanos = nanos;
        }
        inbound.watch(this, nanos);
    }

    private synchronized long deadlineNanos() {
        return deadlineNanos;
    }

    /** Whether the deadline has passed, even if the timer has not said so yet. */
    boolean isLate() {
        long deadline = deadlineNanos();
        return deadline != Inbound.NO_DEADLINE && deadline - inbound.nanoTime() <= 0;
    }

    Optional<Duration> remaining() {
        long deadline = deadlineNanos();
        return deadline == Inbound.NO_DEADLINE
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, deadline - inbound.nanoTime())));
    }

    boolean isCancelled() {
        return cancelled || inbound.isConnectionEnded();
    }

    void onCancel(Runnable action) {
        if (keep(action)) {
            inbound.watch(this, deadlineNanos());
        } else {
            inbound.runLater(action);
        }
    }

    private synchronized boolean keep(Runnable action) {
        if (cancelled) {
            return false;
        }
        if (actions == null) {
            actions = new ArrayList<>(1);
        }
        return actions.add(action);
    }

    @Override
    public void deadlinePassed() {
        if (invocation.deadlinePassed()) {
            cancel();
        }
    }

    @Override
    public void connectionEnded() {
        cancel();
    }

    private void cancel() {
        List<Runnable> due;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = actions == null ? List.of() : actions;
            actions = null;
            if (runner != null) {
                interrupted = true;
                runner.interrupt();
            }
        }
        due.forEach(inbound::runLater);
    }

    /**
     * Calls the handler in such a way that its thread is interrupted when it is cancelled, and only while it is in there. An event loop is not: who
     * blocks there has stopped the timer, too.
     */
    @Nullable
    Object callInterruptibly(HandlerInvoker handler, MessageContext context, @Nullable Object argument)
            throws Throwable {
        Object result;
        try {
            entered();
            result = handler.invoke(context, argument);
        } finally {
            left();
        }
        if (result instanceof Future<?> running) {
            onCancel(() -> running.cancel(true));
        }
        return result;
    }

    private void entered() {
        if (!EventLoopThread.isCurrent()) {
            synchronized (this) {
                runner = Thread.currentThread();
            }
        }
        // So that one is told of the connection's end, too; at once if it has ended already.
        inbound.watch(this, deadlineNanos());
    }

    private synchronized void left() {
        runner = null;
        if (interrupted) {
            // It was meant for the handler, not for what this thread does next.
            interrupted = Thread.interrupted();
        }
    }
}
