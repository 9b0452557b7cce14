package io.teleport.session;

import io.teleport.message.Message;
import io.teleport.message.Status;
import io.teleport.socket.WriteListener;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of ours that waits for its outcome. The first of reply, failure, timeout and cancellation wins; whatever comes later is ignored (G4).
 */
abstract class PendingCall implements HeldRequest, WriteListener {

    private final OutgoingMessage request;

    private final Type resultType;

    private final long startedNanos;

    private final long deadlineNanos;

    /** The reply {@link Message}, or the {@link Status} of a local failure. */
    private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

    private final boolean idempotent;

    /** Where it waits for its reply; null until it was admitted to a connection. */
    private volatile @Nullable Link link;

    /** Whether its frame is known to have stayed here. */
    private volatile boolean unsent;

    PendingCall(OutgoingMessage request, Type resultType, long timeoutNanos, boolean idempotent) {
        this(request, resultType, timeoutNanos, idempotent, System::nanoTime);
    }

    /** @param clock on the scale of whoever watches the deadline */
    PendingCall(OutgoingMessage request, Type resultType, long timeoutNanos, boolean idempotent, LongSupplier clock) {
        this.request = request;
        this.resultType = resultType;
        this.idempotent = idempotent;
        this.startedNanos = clock.getAsLong();
        this.deadlineNanos = startedNanos + timeoutNanos;
        request.deadline(deadlineNanos, clock);
    }

    int sequence() {
        return request.sequence();
    }

    OutgoingMessage request() {
        return request;
    }

    Type resultType() {
        return resultType;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** When the call times out, by the clock it was made with. */
    @Override
    public final long deadlineNanos() {
        return deadlineNanos;
    }

    // On one connection after another.

    /** It is about to be written to this connection. */
    final void admittedTo(Link connection) {
        unsent = false;
        link = connection;
    }

    /** Where it waits for its reply, or did at last; null if it was not admitted to a connection yet. */
    final @Nullable Link link() {
        return link;
    }

    @Override
    public final void written(Status outcome) {
        // The reply, or the end of the connection, tells the rest.
    }

    @Override
    public final void unsent(Status reason) {
        unsent = true;
    }

    @Override
    public final boolean awaitsWriting() {
        return false;
    }

    /** Whether it may be sent again on another connection (G6). */
    final boolean mayMove() {
        return (unsent || idempotent) && !isOver();
    }

    @Override
    public final boolean isOver() {
        return outcome.get() != null;
    }

    @Override
    public final OutgoingMessage message() {
        return request;
    }

    @Override
    public final Status sendOn(Link connection, Calls calls) {
        return calls.sendCall(this, connection);
    }

    @Override
    public final void failHeld(Status status) {
        fail(status);
    }

    @Override
    public final Status timedOut() {
        return TimedOut.status(this);
    }

    // The outcome.

    /** Takes over the reply if nothing came before; releases it otherwise. */
    final boolean succeed(Message reply) {
        if (outcome.compareAndSet(null, reply)) {
            completed();
            return true;
        }
        reply.release();
        return false;
    }

    final boolean fail(Status status) {
        if (outcome.compareAndSet(null, status)) {
            completed();
            return true;
        }
        return false;
    }

    /** The reply or status, null while there is none. */
    final @Nullable Object outcome() {
        return outcome.get();
    }

    /** Told once, by the thread that brought the outcome, perhaps the event loop: must not block or run user code. */
    abstract void completed();
}
