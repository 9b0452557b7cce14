package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Answer;
import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The side that was dialed calls and pushes over the connection of the side that dialed. */
interface ServerInitiatedCases extends Pair {

    int TIMES = 50;

    @Test
    default void sessionHasTheSameIdOnBothSides() {
        assertThat(server().awaitSession()).isEqualTo(client().sessionId()).matches("127\\.0\\.0\\.1:\\d+");
    }

    @Test
    default void serverPushesToTheClient() {
        server().awaitSession();
        server().pushAll("/push/status", "news \u2603");
        Received push = client().awaitPush("/push/status");
        assertThat(push.text()).isEqualTo("news \u2603");
        assertThat(push.session()).isEqualTo(client().sessionId());
    }

    @Test
    default void handlerPushesToItsCallerMeanwhile() {
        Map<String, Object> order = Map.of("method", "/push/tick", "text", "tick", "times", TIMES);
        assertResult(client().call(Ask.of("/server/push", order, Integer.class)), TIMES);
        Set<Integer> indexes = new TreeSet<>();
        for (int i = 0; i < TIMES; i++) {
            Received push = client().awaitPush("/push/tick");
            assertThat(push.text()).isEqualTo("tick");
            indexes.add(Integer.valueOf(push.metadata().get("X-Push-Index", "-1")));
        }
        assertThat(indexes).hasSize(TIMES).allMatch(index -> index >= 0 && index < TIMES);
    }

    @Test
    default void serverCallsTheClient() {
        server().awaitSession();
        List<Outcome<Integer>> outcomes = server().callAll("/client/add", 1, 2, 3, 4);
        assertThat(outcomes).hasSize(1);
        assertResult(outcomes.get(0), 10);
        assertThat(client().awaitCall("/client/add").session()).isEqualTo(client().sessionId());
    }

    @Test
    default void handlerCallsItsCallerBack() {
        assertResult(client().call(callBack("/client/add", 5, 6)), 11);
    }

    @Test
    default void statusOfACallBackGoesAllTheWay() {
        assertStatus(client().call(callBack("/no/such/route", 1)), 404, "Not Found", "");
        assertSessionWorks();
    }

    @Test
    default void manyHandlersCallBackAtOnce() {
        List<Answer<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            answers.add(client().begin(callBack("/client/add", i, 1000)));
        }
        for (int i = 0; i < TIMES; i++) {
            assertResult(answers.get(i).await(), i + 1000);
        }
    }

    private static Ask<Integer> callBack(String method, int... numbers) {
        return Ask.of("/server/call_back", Map.of("method", method, "numbers", numbers), Integer.class);
    }
}
