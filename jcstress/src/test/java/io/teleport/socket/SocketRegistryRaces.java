package io.teleport.socket;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** The hand-over of a socket from the open to the closed ones. */
public final class SocketRegistryRaces {

    private SocketRegistryRaces() {}

    @JCStressTest
    @Description("G5: whoever looks while a socket closes finds it, in one list, counted once")
    @Outcome(id = "1 open 0 closed, (OPEN|CLOSING|CLOSED), 1 open 0 closed, ", expect = ACCEPTABLE, desc = "still open")
    @Outcome(
            id = "1 open 0 closed, (OPEN|CLOSING|CLOSED), 0 open 1 closed, ",
            expect = ACCEPTABLE,
            desc = "handed over between two looks")
    @Outcome(id = "0 open 1 closed, CLOSED, 0 open 1 closed, ", expect = ACCEPTABLE, desc = "handed over")
    @Outcome(expect = FORBIDDEN, desc = "in no list, in both, or counted wrong")
    @State
    public static class CloseAndLook extends SocketRace {

        private final String id = socket.id();

        @Actor
        public void close() {
            socket.abort(CloseReason.LOCAL, "");
            loop.run();
        }

        @Actor
        public void look(LLLL_Result result) {
            result.r1 = counts();
            result.r2 = registry.find(id).map(seen -> seen.state().name()).orElse("in no list");
            result.r3 = counts();
        }

        private String counts() {
            SocketTotals totals = registry.totals();
            long closed =
                    totals.closed().values().stream().mapToLong(Long::longValue).sum();
            return totals.open() + " open " + closed + " closed";
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            result.r4 = mess();
        }
    }
}
