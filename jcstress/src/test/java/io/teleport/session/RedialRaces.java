package io.teleport.session;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketRole;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * What is sent around a redial: on the old connection, on the new one, held between them, or given up. A result tells what became of it once all numbers
 * that left on the last connection were answered, what left ({@code old/new}), and what was left behind when the session was closed in the end.
 */
public final class RedialRaces {

    private RedialRaces() {}

    private abstract static class Redialing extends HandSession {

        private @Nullable CompletableFuture<?> request;

        Redialing() {
            super(SocketRole.DIALED, true);
        }

        final void call() {
            request = call(false);
            run();
        }

        final void idempotentCall() {
            request = call(true);
            run();
        }

        final void pushNow() {
            request = push();
            run();
        }

        final void loseAndDialAgain() {
            lose();
            // No peer dials before the calls of the last connection have been dealt with.
            while (!isDialing()) {
                run();
            }
            open(again());
        }

        final void close() {
            session.close(Duration.ZERO, CloseReason.LOCAL, "");
            run();
        }

        final void judge(LLL_Result result) {
            run();
            if (session.state() == SessionState.REDIALING && sent().contains("/")) {
                open(again());
            }
            String sent = sent();
            // A stray reply is dropped, so more may be answered than was asked. Numbers are those of this session's few
            // messages.
            for (int number = 1; number <= 3; number++) {
                if (session.state() == SessionState.OPEN
                        && sent.substring(sent.lastIndexOf('/') + 1).contains("" + number)) {
                    receive(MessageType.REPLY, number, "", Metadata.empty(), text());
                }
            }
            String left = leftovers();
            String outcome = outcome(request);
            close();
            left += mess();
            result.r1 = outcome;
            result.r2 = sent;
            result.r3 = left;
        }
    }

    private abstract static class Lost extends Redialing {

        Lost() {
            lose();
        }
    }

    private abstract static class LostWithHeldCall extends Lost {

        LostWithHeldCall() {
            call();
        }
    }

    private abstract static class LostWithHeldPush extends Lost {

        LostWithHeldPush() {
            pushNow();
        }
    }

    @JCStressTest
    @Description("G2, G4, G6: call against the loss of the connection and the opening of the next")
    @Outcome(id = "replied x, /[12], ", expect = ACCEPTABLE, desc = "it went to the new connection, once")
    @Outcome(
            id = "failed 102, 1/, ",
            expect = ACCEPTABLE,
            desc = "it had left on the old connection, so it fails with it")
    @Outcome(
            id = "failed 102, /, ",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the connection ended while it was being queued: failed, though it might have gone on to the next")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class CallAndLoss extends Redialing {

        @Actor
        public void one() {
            call();
        }

        @Actor
        public void other() {
            loseAndDialAgain();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G2, G4, G6: idempotent call against the loss of the connection and the opening of the next")
    @Outcome(id = "replied x, /[12], ", expect = ACCEPTABLE, desc = "it went to the new connection, once")
    @Outcome(id = "replied x, 1/[12], ", expect = ACCEPTABLE, desc = "it left on both, as its caller allows")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class IdempotentCallAndLoss extends Redialing {

        @Actor
        public void one() {
            idempotentCall();
        }

        @Actor
        public void other() {
            loseAndDialAgain();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G2, G4, G6: push against the loss of the connection and the opening of the next")
    @Outcome(id = "sent, (1/|/1), ", expect = ACCEPTABLE, desc = "it left on one of the two")
    @Outcome(id = "failed 102, /, ", expect = ACCEPTABLE, desc = "accepted, lost before its turn: told so")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class PushAndLoss extends Redialing {

        @Actor
        public void one() {
            pushNow();
        }

        @Actor
        public void other() {
            loseAndDialAgain();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G6: a call to be held against the opening of the next connection")
    @Outcome(id = "replied x, /[12], ", expect = ACCEPTABLE, desc = "it went to the new connection, once")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class CallAndOpening extends Lost {

        private final Preparation next = again();

        @Actor
        public void one() {
            call();
        }

        @Actor
        public void other() {
            open(next);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G6: a push to be held against the opening of the next connection")
    @Outcome(id = "sent, /1, ", expect = ACCEPTABLE, desc = "it left on the new connection, once")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class PushAndOpening extends Lost {

        private final Preparation next = again();

        @Actor
        public void one() {
            pushNow();
        }

        @Actor
        public void other() {
            open(next);
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: a call to be held against the close of the session")
    @Outcome(id = "failed 102, , ", expect = ACCEPTABLE, desc = "closed first, or before anything opened")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class CallAndClose extends Lost {

        @Actor
        public void one() {
            call();
        }

        @Actor
        public void other() {
            close();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: a push to be held against the close of the session")
    @Outcome(id = "failed 102, , ", expect = ACCEPTABLE, desc = "closed first, or before anything opened")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class PushAndClose extends Lost {

        @Actor
        public void one() {
            pushNow();
        }

        @Actor
        public void other() {
            close();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: a call to be held against the end of dialing")
    @Outcome(id = "failed 102, , ", expect = ACCEPTABLE, desc = "closed first, or before anything opened")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class CallAndGiveUp extends Lost {

        @Actor
        public void one() {
            call();
        }

        @Actor
        public void other() {
            giveUp();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4: a push to be held against the end of dialing")
    @Outcome(id = "failed 102, , ", expect = ACCEPTABLE, desc = "closed first, or before anything opened")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class PushAndGiveUp extends Lost {

        @Actor
        public void one() {
            pushNow();
        }

        @Actor
        public void other() {
            giveUp();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G5: the opening of a connection against the close of the session, while a call is held")
    @Outcome(id = "failed 102, /, ", expect = ACCEPTABLE, desc = "closed before it could leave")
    @Outcome(id = "failed 102, /[12], ", expect = ACCEPTABLE, desc = "it left, then the session was closed")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class OpeningAndClose extends LostWithHeldCall {

        private final Preparation next = again();

        @Actor
        public void one() {
            open(next);
        }

        @Actor
        public void other() {
            close();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G5: the opening of a connection against the close of the session, while a push is held")
    @Outcome(id = "failed 102, /, ", expect = ACCEPTABLE, desc = "closed before it could leave")
    @Outcome(id = "sent, /1, ", expect = ACCEPTABLE, desc = "it left, then the session was closed")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class OpeningAndCloseWithPush extends LostWithHeldPush {

        private final Preparation next = again();

        @Actor
        public void one() {
            open(next);
        }

        @Actor
        public void other() {
            close();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description(
            "G4, G5: a new connection that is to be prepared against the close of the session, while a call is held")
    @Outcome(id = "failed 102, (/)?, ", expect = ACCEPTABLE, desc = "closed before it could leave")
    @Outcome(id = "failed 102, /[12], ", expect = ACCEPTABLE, desc = "it left, then the session was closed")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class ConnectionAndClose extends LostWithHeldCall {

        @Actor
        public void one() {
            open(again());
        }

        @Actor
        public void other() {
            close();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G6: the opening of a connection against its loss, while a call is held")
    @Outcome(
            id = "replied x, //[12], ",
            expect = ACCEPTABLE,
            desc = "lost before it could leave: it went to the third connection")
    @Outcome(
            id = "failed 102, /[12]/, ",
            expect = ACCEPTABLE,
            desc = "it left on the second connection, so it fails with it")
    @Outcome(
            id = "failed 102, //, ",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the connection ended while it was being queued: failed, though it might have gone on to the next")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class OpeningAndLoss extends LostWithHeldCall {

        private final Preparation next = again();

        @Actor
        public void one() {
            open(next);
        }

        @Actor
        public void other() {
            lose();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }

    @JCStressTest
    @Description("G4, G5: the end of dialing against the close of the session, while a push is held")
    @Outcome(id = "failed 102, , ", expect = ACCEPTABLE, desc = "closed first, or before anything opened")
    @Outcome(expect = FORBIDDEN, desc = "lost, sent twice, waits for ever, or something left behind (G4, G6)")
    @State
    public static class GiveUpAndClose extends LostWithHeldPush {

        @Actor
        public void one() {
            giveUp();
        }

        @Actor
        public void other() {
            close();
        }

        @Arbiter
        public void arbiter(LLL_Result result) {
            judge(result);
        }
    }
}
