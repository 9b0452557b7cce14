package io.teleport.session;

import io.teleport.lincheck.ModelChecking;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Two calls and all that may end them: reply, timeout, cancellation and the end of the connection race, and each call has one outcome, told once; after the
 * end none is left waiting (G4).
 */
@Param(name = "call", gen = IntGen.class, conf = "1:2")
public class CallOutcomeLincheckTests {

    private static final Status CLOSED = Status.builtIn(StatusCode.CONNECTION_CLOSED);

    private final PendingCalls pending = new PendingCalls();

    private final ModelCall[] calls = {new ModelCall(0), new ModelCall(1), new ModelCall(2)};

    /** Set when the caller has what it can cancel. */
    private final boolean[] made = new boolean[calls.length];

    private volatile boolean closed;

    /** As {@link Calls#sendCall}: admitted first, then written, which a closed connection refuses. */
    @Operation(runOnce = true, nonParallelGroup = "caller")
    public void callFirst() {
        call(1);
    }

    @Operation(runOnce = true, nonParallelGroup = "caller")
    public void callSecond() {
        call(2);
    }

    private void call(int number) {
        ModelCall call = calls[number];
        if (!pending.add(call)) {
            call.fail(Status.of(StatusCode.WRITE_FAILED));
        } else if (closed && pending.remove(call)) {
            call.fail(CLOSED);
        }
        made[number] = true;
    }

    /** As the caller's future does. */
    @Operation(nonParallelGroup = "caller")
    public void cancel(@Param(name = "call") int number) {
        if (made[number]) {
            calls[number].fail(Status.of(StatusCode.HANDLE_TIMEOUT));
            pending.remove(calls[number]);
        }
    }

    @Operation
    public void reply(@Param(name = "call") int number) {
        PendingCall call = pending.remove(number);
        if (call != null) {
            call.succeed(ModelCall.reply(number));
        }
    }

    @Operation
    public void timeOut() {
        pending.expire(calls[2].startedNanos() + 2 * ModelCall.TIMEOUT_NANOS, call -> call.fail(TimedOut.status(call)));
    }

    /** As the end of a connection: writes are refused first, then all that wait are told. */
    @Operation(runOnce = true)
    public void disconnect() {
        closed = true;
        pending.drain(call -> call.fail(CLOSED));
    }

    @Validate
    public void eachCallHasOneOutcome() {
        for (int number = 1; number < calls.length; number++) {
            ModelCall call = calls[number];
            int expected = call.isOver() ? 1 : 0;
            if (call.told.get() != expected) {
                throw new IllegalStateException(
                        "call " + number + " was told " + call.told + " times: " + call.outcome());
            }
            boolean waits = pending.remove(call);
            if (made[number] && waits == call.isOver()) {
                throw new IllegalStateException(
                        "call " + number + (waits ? " is over and waits" : " neither waits nor is over"));
            }
            if (closed && waits) {
                throw new IllegalStateException("call " + number + " waits for a connection that has ended");
            }
        }
    }

    @Test
    void eachCallEndsOnceWhateverRacesWithIt() {
        ModelChecking.check(CallOutcomeLincheckTests.class);
    }
}
