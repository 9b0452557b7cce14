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
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** The queue of frames between those who fill it and those who empty it. */
public final class OutboundQueueRaces {

    private OutboundQueueRaces() {}

    /** A result tells what became of both pushes, what left, and what was not tidied up. */
    private abstract static class QueueRace extends TwoPushes {

        QueueRace(OutboundPolicy policy) {
            super(policy);
        }

        final void judge(LLLL_Result result) {
            result.r4 = mess();
            result.r1 = outcomeOfFirst();
            result.r2 = outcomeOfSecond();
            result.r3 = end.channel.sent();
        }
    }

    private abstract static class TwoQueued extends QueueRace {

        TwoQueued() {
            super(OutboundPolicy.REFUSE);
            pushFirst(10);
            pushSecond(10);
        }
    }

    @JCStressTest
    @Description("G3, G4: the drain of two queued frames against abort")
    @Outcome(id = "written, written, 1 2, ", expect = ACCEPTABLE, desc = "both left before the abort, in order")
    @Outcome(id = "unsent 102, unsent 102, , ", expect = ACCEPTABLE, desc = "aborted before their turn: both told so")
    @Outcome(expect = FORBIDDEN, desc = "out of order, not whole, or not told once (G3, G4)")
    @State
    public static class DrainAndAbort extends TwoQueued {

        @Actor
        public void drain() {
            loop.run();
        }

        @Actor
        public void abort() {
            socket.abort(CloseReason.LOCAL, "");
            loop.run();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G3, G4: the drain of two queued frames against close, which lets them leave")
    @Outcome(id = "written, written, 1 2, ", expect = ACCEPTABLE, desc = "both left, in order")
    @Outcome(expect = FORBIDDEN, desc = "lost, out of order, not whole, or not told once (G3, G4)")
    @State
    public static class DrainAndClose extends TwoQueued {

        @Actor
        public void drain() {
            loop.run();
        }

        @Actor
        public void close() {
            socket.close(CloseReason.LOCAL, "");
            loop.run();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G7: a push that may be dropped for a message against the drain")
    @Outcome(
            id = "written, written, 1 2, ",
            expect = ACCEPTABLE,
            desc = "the push left before there was need of its room")
    @Outcome(id = "unsent 104, written, 2, ", expect = ACCEPTABLE, desc = "the push made room and was told so")
    @Outcome(
            id = "written, refused 104, 1, ",
            expect = ACCEPTABLE,
            desc = "the push was leaving: nothing to drop any more, and its room not free yet")
    @Outcome(expect = FORBIDDEN, desc = "dropped and sent, refused with room to be made, or not told once (G4, G7)")
    @State
    public static class DropAndDrain extends QueueRace {

        /** One of these two fits. */
        private static final int BYTES = (int) HandSocket.LIMIT * 3 / 4;

        public DropAndDrain() {
            super(OutboundPolicy.DROP_OLDEST_PUSH);
            pushFirst(BYTES);
        }

        @Actor
        public void drain() {
            loop.run();
        }

        @Actor
        public void write() {
            pushSecond(BYTES);
            loop.run();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            loop.run();
            socket.close(CloseReason.LOCAL, "");
            judge(result);
        }
    }

    @JCStressTest
    @Description("G3, G4: two writers at once")
    @Outcome(id = "written, written, (1 2|2 1)", expect = ACCEPTABLE, desc = "both left whole, in either order")
    @Outcome(expect = FORBIDDEN, desc = "torn, lost, or not told once (G3, G4)")
    @State
    public static class WriteAndWrite extends TwoPushes {

        public WriteAndWrite() {
            super(OutboundPolicy.REFUSE);
        }

        @Actor
        public void one() {
            pushFirst(10);
            loop.run();
        }

        @Actor
        public void other() {
            pushSecond(10);
            loop.run();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            loop.run();
            result.r1 = outcomeOfFirst();
            result.r2 = outcomeOfSecond();
            result.r3 = end.channel.sent();
        }
    }

    @JCStressTest
    @Description("G7: two reservations with room for one")
    @Outcome(id = "(true, false|false, true), 70", expect = ACCEPTABLE, desc = "one of them got it")
    @Outcome(expect = FORBIDDEN, desc = "more than the limit, or neither (G7)")
    @State
    public static class ReserveAndReserve {

        private final OutboundQueue queue = new OutboundQueue(100, OutboundPolicy.REFUSE);

        @Actor
        public void one(ZZL_Result result) {
            result.r1 = queue.reserve(70, 0);
        }

        @Actor
        public void other(ZZL_Result result) {
            result.r2 = queue.reserve(70, 0);
        }

        @Arbiter
        public void arbiter(ZZL_Result result) {
            result.r3 = queue.waitingBytes();
        }
    }
}
