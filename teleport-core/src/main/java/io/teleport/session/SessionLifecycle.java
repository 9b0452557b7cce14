package io.teleport.session;

import io.teleport.socket.CloseReason;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** State of one session and, once it closes, why; changed together and only here. Thread-safe. */
final class SessionLifecycle {

    /**
     * Why this side closes.
     *
     * @param goAway what the other side is told, null if nothing
     */
    record PlannedEnd(
            CloseReason reason, String detail, @Nullable GoAway goAway) {

        PlannedEnd(CloseReason reason, String detail) {
            this(reason, detail, null);
        }
    }

    private record Stage(SessionState state, @Nullable PlannedEnd end) {}

    private static final AtomicReferenceFieldUpdater<SessionLifecycle, Stage> STAGE =
            AtomicReferenceFieldUpdater.newUpdater(SessionLifecycle.class, Stage.class, "stage");

    private volatile Stage stage = new Stage(SessionState.PREPARING, null);

    SessionState state() {
        return stage.state();
    }

    /** Why this side closes; null unless it is {@link SessionState#CLOSING}. */
    @Nullable
    PlannedEnd plannedEnd() {
        Stage current = stage;
        return current.state() == SessionState.CLOSING ? current.end() : null;
    }

    /**
     * Makes one move of the table.
     *
     * @param end why, for a move to {@link SessionState#CLOSING}
     * @return whether this call made the move
     */
    boolean move(SessionState next, @Nullable PlannedEnd end) {
        while (true) {
            Stage current = stage;
            if (!current.state().mayBecome(next)) {
                return false;
            }
            if (STAGE.compareAndSet(this, current, new Stage(next, end))) {
                return true;
            }
        }
    }
}
