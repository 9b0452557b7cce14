package io.teleport.socket;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * State and close cause of one socket, changed together and only here. Thread-safe.
 *
 * <p>Whoever moves a socket out of its open states brings the cause; a later cause is ignored, so there is exactly one (G5).
 */
final class SocketLifecycle {

    private record Stage(SocketState state, @Nullable CloseCause cause) {}

    private static final AtomicReferenceFieldUpdater<SocketLifecycle, Stage> STAGE =
            AtomicReferenceFieldUpdater.newUpdater(SocketLifecycle.class, Stage.class, "stage");

    private volatile Stage stage = new Stage(SocketState.OPENING, null);

    SocketState state() {
        return stage.state();
    }

    /** The cause, once closing has begun. */
    @Nullable
    CloseCause cause() {
        return stage.cause();
    }

    /**
     * Makes one move of the table.
     *
     * @param cause the close cause; used by the first move to {@link SocketState#CLOSING} or {@link SocketState#CLOSED}
     * @return whether this call made the move
     */
    boolean move(SocketState next, @Nullable CloseCause cause) {
        while (true) {
            Stage current = stage;
            if (!current.state().mayBecome(next)) {
                return false;
            }
            CloseCause kept = current.cause() != null ? current.cause() : cause;
            if (STAGE.compareAndSet(this, current, new Stage(next, kept))) {
                return true;
            }
        }
    }
}
