package io.teleport.socket;

import io.teleport.lincheck.ModelChecking;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state machine of a socket: closes of both sides, the end of the connection and the opening race, and one cause is left (G5). */
public class SocketLifecycleLincheckTests {

    private final SocketLifecycle lifecycle = new SocketLifecycle();

    @Operation
    public boolean move(SocketState next, CloseReason reason) {
        return lifecycle.move(next, new CloseCause(reason, "", Instant.EPOCH));
    }

    @Operation
    public SocketState state() {
        return lifecycle.state();
    }

    @Operation
    @Nullable
    public CloseReason reason() {
        CloseCause cause = lifecycle.cause();
        return cause == null ? null : cause.reason();
    }

    @Test
    void behavesAsIfOneMoveCameAfterAnother() {
        ModelChecking.check(SocketLifecycleLincheckTests.class, Table.class);
    }

    /** The table of {@link SocketState}, written down a second time and without threads in mind. */
    public static final class Table {

        private SocketState state = SocketState.OPENING;

        private @Nullable CloseReason reason;

        public boolean move(SocketState next, CloseReason why) {
            boolean moves = switch (state) {
                case OPENING -> next != SocketState.OPENING;
                case OPEN -> next == SocketState.CLOSING || next == SocketState.CLOSED;
                case CLOSING -> next == SocketState.CLOSED;
                case CLOSED -> false;
            };
            if (moves) {
                state = next;
                reason = reason == null ? why : reason;
            }
            return moves;
        }

        public SocketState state() {
            return state;
        }

        @Nullable
        public CloseReason reason() {
            return reason;
        }
    }
}
