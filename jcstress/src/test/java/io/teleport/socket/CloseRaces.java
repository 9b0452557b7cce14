package io.teleport.socket;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * Two ends of one connection at once. A result tells the reason that each of the two got from its close, the one that the owner was told, and what was
 * not tidied up.
 */
public final class CloseRaces {

    private CloseRaces() {}

    private abstract static class TwoEnds extends SocketRace {

        private @Nullable CompletionStage<CloseCause> first;

        private @Nullable CompletionStage<CloseCause> second;

        final void first(CompletionStage<CloseCause> close) {
            first = close;
            loop.run();
        }

        final void second(CompletionStage<CloseCause> close) {
            second = close;
            loop.run();
        }

        final void judge(LLLL_Result result) {
            result.r4 = mess();
            result.r1 = reason(first);
            result.r2 = reason(second);
            result.r3 = owner.reason();
        }

        private static String reason(@Nullable CompletionStage<CloseCause> close) {
            CloseCause cause =
                    close == null ? null : close.toCompletableFuture().getNow(null);
            return cause == null ? "none" : cause.reason().name();
        }
    }

    @JCStressTest
    @Description("G4, G5: close against close")
    @Outcome(
            id = "(LOCAL, LOCAL, LOCAL|SHUTDOWN, SHUTDOWN, SHUTDOWN), ",
            expect = ACCEPTABLE,
            desc = "one reason for all")
    @Outcome(expect = FORBIDDEN, desc = "two reasons, or not told once (G4, G5)")
    @State
    public static class CloseAndClose extends TwoEnds {

        @Actor
        public void one() {
            first(socket.close(CloseReason.LOCAL, ""));
        }

        @Actor
        public void other() {
            second(socket.close(CloseReason.SHUTDOWN, ""));
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G5: close against abort")
    @Outcome(id = "(LOCAL, LOCAL, LOCAL|KICKED, KICKED, KICKED), ", expect = ACCEPTABLE, desc = "one reason for all")
    @Outcome(expect = FORBIDDEN, desc = "two reasons, or not told once (G4, G5)")
    @State
    public static class CloseAndAbort extends TwoEnds {

        @Actor
        public void one() {
            first(socket.close(CloseReason.LOCAL, ""));
        }

        @Actor
        public void other() {
            second(socket.abort(CloseReason.KICKED, ""));
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G5: close against the other side's close")
    @Outcome(id = "(LOCAL, LOCAL, LOCAL|REMOTE, REMOTE, REMOTE), ", expect = ACCEPTABLE, desc = "one reason for all")
    @Outcome(expect = FORBIDDEN, desc = "two reasons, or not told once (G4, G5)")
    @State
    public static class CloseAndRemoteClose extends TwoEnds {

        @Actor
        public void one() {
            first(socket.close(CloseReason.LOCAL, ""));
        }

        @Actor
        public void other() {
            end.channel.closeFromTheOtherSide();
            second(socket.closeFuture());
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }
}
