package io.teleport.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.netty.buffer.ByteBuf;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketRole;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two outcomes of one call at once. A result tells which the caller got, how often it was told, and what was left behind: counts of work, buffers and,
 * once it is closed, the session.
 */
public final class PendingCallRaces {

    private PendingCallRaces() {}

    private abstract static class OneCall extends HandSession {

        private final CompletableFuture<Reply<String>> call;

        private final AtomicInteger told = new AtomicInteger();

        private final ByteBuf body = text();

        private boolean bodyGiven;

        OneCall() {
            super(SocketRole.DIALED, false);
            call = call(false);
            call.whenComplete((reply, failure) -> told.incrementAndGet());
            run();
        }

        final void reply() {
            bodyGiven = true;
            receive(MessageType.REPLY, 1, "", Metadata.empty(), body);
            run();
        }

        final void timeOut() {
            session.links().expire(System.nanoTime() + 2 * LONG.toNanos());
            run();
        }

        final void cancel() {
            call.cancel(false);
            run();
        }

        final void disconnect() {
            lose();
        }

        final void judge(LLL_Result result) {
            String left = leftovers();
            session.close(Duration.ZERO, CloseReason.LOCAL, "");
            left += mess();
            if (bodyGiven && body.refCnt() != 0) {
                left += "reply kept";
            }
            result.r1 = call.isCancelled() ? "cancelled" : outcome(call);
            result.r2 = told.get();
            result.r3 = left;
        }
    }

    @JCStressTest
    @Description("G4: reply of a pending call against timeout")
    @Outcome(id = "replied x, 1, ", expect = ACCEPTABLE, desc = "the reply was first")
    @Outcome(id = "failed 408, 1, ", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "two outcomes, none, or something left behind (G4)")
    @State
    public static class ReplyAndTimeout extends OneCall {

        @Actor
        public void one() {
            reply();
        }

        @Actor
        public void other() {
            timeOut();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: reply of a pending call against cancel")
    @Outcome(id = "replied x, 1, ", expect = ACCEPTABLE, desc = "the reply was first")
    @Outcome(id = "cancelled, 1, ", expect = ACCEPTABLE, desc = "the caller was first")
    @Outcome(expect = FORBIDDEN, desc = "two outcomes, none, or something left behind (G4)")
    @State
    public static class ReplyAndCancel extends OneCall {

        @Actor
        public void one() {
            reply();
        }

        @Actor
        public void other() {
            cancel();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: reply of a pending call against disconnect")
    @Outcome(id = "replied x, 1, ", expect = ACCEPTABLE, desc = "the reply was first")
    @Outcome(id = "failed 102, 1, ", expect = ACCEPTABLE, desc = "the end was first")
    @Outcome(expect = FORBIDDEN, desc = "two outcomes, none, or something left behind (G4)")
    @State
    public static class ReplyAndDisconnect extends OneCall {

        @Actor
        public void one() {
            reply();
        }

        @Actor
        public void other() {
            disconnect();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: timeout of a pending call against cancel")
    @Outcome(id = "failed 408, 1, ", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(id = "cancelled, 1, ", expect = ACCEPTABLE, desc = "the caller was first")
    @Outcome(expect = FORBIDDEN, desc = "two outcomes, none, or something left behind (G4)")
    @State
    public static class TimeoutAndCancel extends OneCall {

        @Actor
        public void one() {
            timeOut();
        }

        @Actor
        public void other() {
            cancel();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: timeout of a pending call against disconnect")
    @Outcome(id = "failed 408, 1, ", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(id = "failed 102, 1, ", expect = ACCEPTABLE, desc = "the end was first")
    @Outcome(expect = FORBIDDEN, desc = "two outcomes, none, or something left behind (G4)")
    @State
    public static class TimeoutAndDisconnect extends OneCall {

        @Actor
        public void one() {
            timeOut();
        }

        @Actor
        public void other() {
            disconnect();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: cancel of a pending call against disconnect")
    @Outcome(id = "cancelled, 1, ", expect = ACCEPTABLE, desc = "the caller was first")
    @Outcome(id = "failed 102, 1, ", expect = ACCEPTABLE, desc = "the end was first")
    @Outcome(expect = FORBIDDEN, desc = "two outcomes, none, or something left behind (G4)")
    @State
    public static class CancelAndDisconnect extends OneCall {

        @Actor
        public void one() {
            cancel();
        }

        @Actor
        public void other() {
            disconnect();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }
}
