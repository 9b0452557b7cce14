package io.teleport.socket;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * One write against each way in which a connection ends. A result tells what became of the write, what left, what became of a second write that the one
 * who ended the connection made afterwards, and what was not tidied up.
 */
public final class WriteAndEndRaces {

    private WriteAndEndRaces() {}

    private abstract static class WriteRace extends TwoPushes {

        WriteRace() {
            this(OutboundPolicy.REFUSE);
        }

        WriteRace(OutboundPolicy policy) {
            super(policy);
        }

        final void write() {
            pushFirst(10);
            loop.run();
        }

        final void writeLater() {
            pushSecond(10);
            loop.run();
        }

        final void judge(LLLL_Result result) {
            result.r4 = mess();
            result.r1 = outcomeOfFirst();
            result.r2 = end.channel.sent();
            result.r3 = outcomeOfSecond();
        }
    }

    @JCStressTest
    @Description("G1, G3, G4: write against close")
    @Outcome(
            id = "written, 1, refused 102, ",
            expect = ACCEPTABLE,
            desc = "written before the close, which lets it leave")
    @Outcome(id = "refused 102, , refused 102, ", expect = ACCEPTABLE, desc = "closed before, refused")
    @Outcome(
            id = "unsent 102, , refused 102, ",
            expect = ACCEPTABLE_INTERESTING,
            desc = "slipped in behind the close: told so")
    @Outcome(expect = FORBIDDEN, desc = "left after close (G1), not whole (G3), or not told once (G4)")
    @State
    public static class Close extends WriteRace {

        @Actor
        public void writer() {
            write();
        }

        @Actor
        public void closer() {
            socket.close(CloseReason.LOCAL, "");
            writeLater();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G1, G3, G4: write against abort, which does not wait for what was accepted")
    @Outcome(id = "written, 1, refused 102, ", expect = ACCEPTABLE, desc = "left before the abort")
    @Outcome(id = "refused 102, , refused 102, ", expect = ACCEPTABLE, desc = "aborted before, refused")
    @Outcome(
            id = "unsent 102, , refused 102, ",
            expect = ACCEPTABLE,
            desc = "accepted, aborted before its turn: told so")
    @Outcome(expect = FORBIDDEN, desc = "left after abort (G1), not whole (G3), or not told once (G4)")
    @State
    public static class Abort extends WriteRace {

        @Actor
        public void writer() {
            write();
        }

        @Actor
        public void closer() {
            socket.abort(CloseReason.KICKED, "");
            writeLater();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G3, G4: write against the other side's close")
    @Outcome(id = "written, 1, refused 102, ", expect = ACCEPTABLE, desc = "left before the end")
    @Outcome(id = "refused 102, , refused 102, ", expect = ACCEPTABLE, desc = "ended before, refused")
    @Outcome(id = "unsent 102, , refused 102, ", expect = ACCEPTABLE, desc = "accepted, ended before its turn: told so")
    @Outcome(
            id = "(written, 1|unsent 102, |refused 102, ), unsent 102, ",
            expect = ACCEPTABLE,
            desc = "the second write was made while the writer's thread was still to end the connection")
    @Outcome(id = "written, 1 2, written, ", expect = ACCEPTABLE, desc = "both left before the end")
    @Outcome(id = "written, 2 1, written, ", expect = ACCEPTABLE, desc = "both left before the end")
    @Outcome(
            id = "(unsent 102|refused 102), 2, written, ",
            expect = ACCEPTABLE,
            desc = "only the second left before the end")
    @Outcome(expect = FORBIDDEN, desc = "not whole (G3) or not told once (G4)")
    @State
    public static class RemoteClose extends WriteRace {

        @Actor
        public void writer() {
            write();
        }

        @Actor
        public void remote() {
            end.channel.closeFromTheOtherSide();
            loop.run();
            writeLater();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G1, G4: a caller that waits for room (policy BLOCK) against close: set free, never stuck")
    @Outcome(
            id = "refused 102, , refused 102, ",
            expect = ACCEPTABLE,
            desc = "set free by the close, or refused at once")
    @Outcome(
            id = "unsent 102, , refused 102, ",
            expect = ACCEPTABLE_INTERESTING,
            desc = "slipped in behind the close, into room that it had given back: told so")
    @Outcome(expect = FORBIDDEN, desc = "never set free, sent without room, or not told once")
    @State
    public static class CloseWhileWaitingForRoom extends WriteRace {

        private final HandSocket.Outcome filling = new HandSocket.Outcome();

        /** The queue is full, and the network takes nothing. */
        public CloseWhileWaitingForRoom() {
            super(OutboundPolicy.BLOCK);
            end.channel.stick();
            end.push(9, (int) HandSocket.LIMIT, filling);
        }

        @Actor
        public void writer() {
            write();
        }

        @Actor
        public void closer() {
            socket.abort(CloseReason.LOCAL, "");
            writeLater();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }
}
