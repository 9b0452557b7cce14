package io.teleport.session;

import io.teleport.lincheck.ModelChecking;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** The table of pending calls: each call is taken out once, by number or by itself, and a number in use is not given again. */
@Param(name = "call", gen = IntGen.class, conf = "0:2")
@Param(name = "sequence", gen = IntGen.class, conf = "1:2")
public class PendingCallsLincheckTests {

    private static final int NONE = -1;

    private final PendingCalls pending = new PendingCalls();

    /** The first two have the same number, as two calls have after a round of all numbers. */
    private final ModelCall[] calls = {new ModelCall(1), new ModelCall(1), new ModelCall(2)};

    @Operation
    public boolean add(@Param(name = "call") int call) {
        return pending.add(calls[call]);
    }

    /** Takes out whichever call has the number, and says which one that was. */
    @Operation
    public int reply(@Param(name = "sequence") int sequence) {
        PendingCall removed = pending.remove(sequence);
        for (int call = 0; call < calls.length; call++) {
            if (calls[call] == removed) {
                return call;
            }
        }
        return NONE;
    }

    @Operation
    public boolean take(@Param(name = "call") int call) {
        return pending.remove(calls[call]);
    }

    @Test
    void behavesAsIfOneCallCameAfterAnother() {
        ModelChecking.check(PendingCallsLincheckTests.class, OneSlotForEachNumber.class);
    }

    /** Without threads in mind. */
    public static final class OneSlotForEachNumber {

        private final int[] waiting = {NONE, NONE, NONE};

        private static int sequence(int call) {
            return call == 2 ? 2 : 1;
        }

        public boolean add(int call) {
            boolean free = waiting[sequence(call)] == NONE;
            if (free) {
                waiting[sequence(call)] = call;
            }
            return free;
        }

        public int reply(int sequence) {
            int call = waiting[sequence];
            waiting[sequence] = NONE;
            return call;
        }

        public boolean take(int call) {
            boolean there = waiting[sequence(call)] == call;
            if (there) {
                waiting[sequence(call)] = NONE;
            }
            return there;
        }
    }
}
