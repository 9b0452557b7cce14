package io.teleport.session;

import io.teleport.lincheck.ModelChecking;
import io.teleport.session.SessionLifecycle.PlannedEnd;
import io.teleport.socket.CloseReason;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state machine of a session: opening, losing and finding connections, closing and the end race, and only moves of the table are made. */
public class SessionLifecycleLincheckTests {

    private final SessionLifecycle lifecycle = new SessionLifecycle();

    @Operation
    public boolean move(SessionState next, CloseReason reason) {
        return lifecycle.move(next, new PlannedEnd(reason, ""));
    }

    @Operation
    public SessionState state() {
        return lifecycle.state();
    }

    /** Why this side closes, while it does. */
    @Operation
    @Nullable
    public CloseReason planned() {
        PlannedEnd end = lifecycle.plannedEnd();
        return end == null ? null : end.reason();
    }

    @Test
    void behavesAsIfOneMoveCameAfterAnother() {
        ModelChecking.check(SessionLifecycleLincheckTests.class, Table.class);
    }

    /** The table of {@link SessionState}, written down a second time and without threads in mind. */
    public static final class Table {

        private SessionState state = SessionState.PREPARING;

        private @Nullable CloseReason planned;

        public boolean move(SessionState next, CloseReason why) {
            boolean moves = switch (state) {
                case PREPARING ->
                    next == SessionState.OPEN || next == SessionState.CLOSING || next == SessionState.CLOSED;
                case OPEN ->
                    next == SessionState.REDIALING || next == SessionState.CLOSING || next == SessionState.CLOSED;
                case REDIALING ->
                    next == SessionState.OPEN || next == SessionState.CLOSING || next == SessionState.CLOSED;
                case CLOSING -> next == SessionState.CLOSED;
                case CLOSED -> false;
            };
            if (moves) {
                state = next;
                planned = next == SessionState.CLOSING ? why : null;
            }
            return moves;
        }

        public SessionState state() {
            return state;
        }

        @Nullable
        public CloseReason planned() {
            return planned;
        }
    }
}
