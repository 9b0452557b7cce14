package io.teleport.session;

import java.lang.reflect.Type;
import java.util.concurrent.locks.LockSupport;

/** A call whose caller waits on its own thread, which also watches the deadline and decodes the reply: no timer and no hand-over is needed. */
final class BlockingCall extends PendingCall {

    private final Thread caller = Thread.currentThread();

    BlockingCall(OutgoingMessage request, Type resultType, long timeoutNanos, boolean idempotent) {
        super(request, resultType, timeoutNanos, idempotent);
    }

    @Override
    void completed() {
        LockSupport.unpark(caller);
    }

    /**
     * Waits for the outcome.
     *
     * @return whether there is one; false if the deadline passed first
     * @throws InterruptedException if the caller was interrupted first
     */
    boolean await() throws InterruptedException {
        while (outcome() == null) {
            long left = deadlineNanos() - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                if (outcome() == null) {
                    throw new InterruptedException();
                }
                // The reply was quicker; the interrupt is for what the caller does next.
                caller.interrupt();
            }
        }
        return true;
    }
}
