package io.teleport.session;

import io.teleport.message.Message;
import io.teleport.message.Status;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A call of ours that waits for its outcome. The first of reply, failure, timeout and cancellation wins; whatever comes later is ignored (G4).
 */
abstract class PendingCall {

    private final OutgoingMessage request;

    private final Type resultType;

    private final long startedNanos = System.nanoTime();

    private final long deadlineNanos;

    /** The reply {@link Message}, or the {@link Status} of a local failure. */
    private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

    PendingCall(OutgoingMessage request, Type resultType, long timeoutNanos) {
        this.request = request;
        this.resultType = resultType;
        this.deadlineNanos = startedNanos + timeoutNanos;
        request.deadline(deadlineNanos);
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

    /** {@link System#nanoTime()} at which the call times out. */
    long deadlineNanos() {
        return deadlineNanos;
    }

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
