package io.teleport.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.netty.buffer.Unpooled;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketRole;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * Closing with a grace period, which lasts until nothing runs any more: whoever ends the last work must see the close, or the close must see that no work is left. No
 * timer fires here, so a session that has missed it stays CLOSING. A result tells what became of the call, the state, what left, and what was left behind.
 */
public final class PartingRaces {

    private PartingRaces() {}

    private abstract static class Grace extends HandSession {

        private @Nullable CompletableFuture<?> request;

        private boolean replied;

        Grace(SocketRole role) {
            super(role, false);
        }

        /** It is known from now on to understand a notice of shutdown. */
        final void greet() {
            receive(MessageType.PUSH, 1, "/x", Metadata.of(GoAway.UNDERSTOOD, "true"), Unpooled.EMPTY_BUFFER);
            run();
        }

        final void call() {
            request = call(false);
            run();
        }

        final void reply() {
            replied = true;
            receive(MessageType.REPLY, 1, "", Metadata.empty(), text());
            run();
        }

        final void goAway() {
            receive(MessageType.PUSH, 2, GoAway.ROUTE, Metadata.empty(), Unpooled.EMPTY_BUFFER);
            run();
        }

        /** As it is said: after our notice was heard. */
        final void drainedWhenTold() {
            while (sent().isEmpty()) {
                run();
            }
            drained();
        }

        final void drained() {
            receive(MessageType.PUSH, 3, GoAway.DRAINED, Metadata.empty(), Unpooled.EMPTY_BUFFER);
            run();
        }

        final void close(CloseReason reason) {
            session.close(LONG, reason, "");
            run();
        }

        final void judge(LLLL_Result result) {
            run();
            if (!replied && sent().contains("1")) {
                reply();
            }
            result.r1 = request == null ? "no call" : outcome(request);
            result.r2 = session.state().name();
            result.r3 = sent();
            if (session.state() == SessionState.OPEN) {
                close(CloseReason.LOCAL);
            }
            result.r4 = mess();
        }
    }

    private abstract static class Dialed extends Grace {

        Dialed() {
            super(SocketRole.DIALED);
        }
    }

    private abstract static class DialedWithCall extends Dialed {

        DialedWithCall() {
            call();
        }
    }

    private abstract static class Accepted extends Grace {

        Accepted() {
            super(SocketRole.ACCEPTED);
            greet();
        }
    }

    @JCStressTest
    @Description("G4, G5: the last reply against a graceful close")
    @Outcome(id = "replied x, CLOSED, 1, ", expect = ACCEPTABLE, desc = "closed with the last reply")
    @Outcome(expect = FORBIDDEN, desc = "the close waits for nothing, or ends what it should wait for (G4, G5)")
    @State
    public static class LastReplyAndClose extends DialedWithCall {

        @Actor
        public void one() {
            reply();
        }

        @Actor
        public void other() {
            close(CloseReason.LOCAL);
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: call against a graceful close")
    @Outcome(id = "replied x, CLOSED, 1, ", expect = ACCEPTABLE, desc = "admitted and waited for")
    @Outcome(id = "failed 102, CLOSED, , ", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "the close waits for nothing, or ends what it should wait for (G4, G5)")
    @State
    public static class CallAndClose extends Dialed {

        @Actor
        public void one() {
            call();
        }

        @Actor
        public void other() {
            close(CloseReason.LOCAL);
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G5: the other side's last word against a shutdown of ours")
    @Outcome(id = "no call, CLOSED, 1, ", expect = ACCEPTABLE, desc = "closed with the last word")
    @Outcome(expect = FORBIDDEN, desc = "the close waits for nothing, or ends what it should wait for (G4, G5)")
    @State
    public static class DrainedAndClose extends Accepted {

        @Actor
        public void one() {
            drainedWhenTold();
        }

        @Actor
        public void other() {
            close(CloseReason.SHUTDOWN);
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G5: the other side's notice of shutdown against ours")
    @Outcome(
            id = "no call, CLOSED, (1 2|2 1), ",
            expect = ACCEPTABLE,
            desc = "both have said that they leave and that they are done")
    @Outcome(expect = FORBIDDEN, desc = "the close waits for nothing, or ends what it should wait for (G4, G5)")
    @State
    public static class GoAwayAndClose extends Accepted {

        @Actor
        public void one() {
            goAway();
        }

        @Actor
        public void other() {
            close(CloseReason.SHUTDOWN);
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            run();
            drained();
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: call against the other side's notice of shutdown")
    @Outcome(id = "replied x, OPEN, 1 2, ", expect = ACCEPTABLE, desc = "admitted: the last word came after it")
    @Outcome(id = "failed 503, OPEN, [12], ", expect = ACCEPTABLE, desc = "refused: nothing but the last word left")
    @Outcome(expect = FORBIDDEN, desc = "sent after the last word, or the last word was not said once")
    @State
    public static class CallAndGoAway extends Dialed {

        @Actor
        public void one() {
            call();
        }

        @Actor
        public void other() {
            goAway();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: the last reply against the other side's notice of shutdown")
    @Outcome(id = "replied x, OPEN, 1 2, ", expect = ACCEPTABLE, desc = "the last word was said once, after the reply")
    @Outcome(expect = FORBIDDEN, desc = "the last word was not said once")
    @State
    public static class LastReplyAndGoAway extends DialedWithCall {

        @Actor
        public void one() {
            reply();
        }

        @Actor
        public void other() {
            goAway();
        }

        @Arbiter
        public void arbiter(LLLL_Result result) {
            judge(result);
        }
    }
}
