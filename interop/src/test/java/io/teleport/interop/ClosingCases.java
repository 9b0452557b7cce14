package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Answer;
import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.Ending;
import io.teleport.interop.peers.GoServer;
import io.teleport.interop.peers.Outcome;
import io.teleport.socket.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Either side ends the session while calls are in flight. Whatever happens, each of them ends. */
interface ClosingCases extends Pair {

    int CALLS = 50;

    /** Long enough to be still running when the session is closed, short enough to wait for. */
    long A_WHILE = 500;

    /** Longer than anything waits for. */
    long FOR_EVER = 600_000;

    /** Calls whose handlers have begun and take so many milliseconds. */
    default List<Answer<Long>> inFlight(long milliseconds) {
        List<Answer<Long>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            answers.add(client().begin(Ask.of("/echo/sleep", milliseconds, Long.class)));
        }
        for (int i = 0; i < CALLS; i++) {
            server().awaitCall("/echo/sleep");
        }
        return answers;
    }

    private static void assertAllAnswered(List<Answer<Long>> answers) {
        assertThat(answers)
                .extracting(Answer::await)
                .allSatisfy(
                        outcome -> assertThat(outcome.value()).as("%s", outcome).isEqualTo(A_WHILE));
    }

    private static void assertAllClosed(List<Answer<Long>> answers) {
        assertThat(answers).extracting(Answer::await).extracting(Outcome::code).containsOnly(102);
    }

    @Test
    default void clientEndsGracefullyAndItsCallsAreAnswered() {
        List<Answer<Long>> answers = inFlight(A_WHILE);
        client().end(Ending.GRACEFUL);
        assertAllAnswered(answers);
        client().expectEnd(CloseReason.LOCAL);
        server().expectEnd(CloseReason.REMOTE);
    }

    @Test
    default void clientEndsAbruptlyAndItsCallsFail() {
        List<Answer<Long>> answers = inFlight(FOR_EVER);
        client().end(Ending.ABRUPT);
        assertAllClosed(answers);
        if (!(server() instanceof GoServer)) {
            // The Go server tells the end only when its handlers have ended.
            server().expectEnd(CloseReason.REMOTE);
        }
    }

    @Test
    default void serverEndsGracefullyAndRunningCallsAreAnswered() {
        List<Answer<Long>> answers = inFlight(A_WHILE);
        server().endAll(Ending.GRACEFUL);
        assertAllAnswered(answers);
        client().expectEnd(CloseReason.REMOTE);
        server().expectEnd(CloseReason.LOCAL);
    }

    @Test
    default void serverEndsAbruptlyAndRunningCallsFail() {
        List<Answer<Long>> answers = inFlight(FOR_EVER);
        server().endAll(Ending.ABRUPT);
        assertAllClosed(answers);
        client().expectEnd(CloseReason.REMOTE);
    }

    @Test
    default void serverShutsDownAndRunningCallsEnd() {
        List<Answer<Long>> answers = inFlight(A_WHILE);
        server().shutDown();
        if (server() instanceof GoServer) {
            assertAllClosed(answers);
        } else {
            assertAllAnswered(answers);
            server().expectEnd(CloseReason.SHUTDOWN);
        }
        client().expectEnd(CloseReason.REMOTE);
    }

    @Test
    default void handlerEndsItsOwnSessionGracefullyAndItsReplyArrives() {
        assertResult(client().call(Ask.of("/server/close", Map.of(), Boolean.class)), true);
        client().expectEnd(CloseReason.REMOTE);
        server().expectEnd(CloseReason.LOCAL);
    }

    @Test
    default void handlerEndsItsOwnSessionAbruptly() {
        Outcome<Boolean> outcome = client().call(Ask.of("/server/close", Map.of("abrupt", true), Boolean.class));
        assertStatus(outcome, 102, "Connection Closed", "");
        client().expectEnd(CloseReason.REMOTE);
    }

    @Test
    default void callsAndPushesOnAnEndedSessionAre102() {
        assertSessionWorks();
        server().endAll(Ending.GRACEFUL);
        client().expectEnd(CloseReason.REMOTE);
        assertThat(client().call(Ask.sum(1)).code()).isEqualTo(102);
        assertThat(client().push(Ask.push("/status", "late")).code()).isEqualTo(102);
    }
}
