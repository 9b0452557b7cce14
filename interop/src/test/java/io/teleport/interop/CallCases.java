package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.Many;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.Received;
import io.teleport.message.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls and pushes of the client, and what can go wrong with them. */
interface CallCases extends Pair {

    @Test
    default void callReturnsItsResult() {
        assertResult(client().call(Ask.sum(1, 2, 3)), 6);
        Received call = server().awaitCall("/math/add");
        assertThat(call.codec()).isEqualTo('j');
        assertThat(call.session()).isEqualTo(client().sessionId());
    }

    @Test
    default void callWithObjectReturnsItsResult() {
        assertResult(client().call(Ask.of("/math/divide", Map.of("a", 7, "b", 2), Double.class)), 3.5);
    }

    @Test
    default void callWithoutBodyGivesTheHandlerAZeroArgument() {
        assertResult(client().call(Ask.of("/math/add", null, Integer.class)), 0);
    }

    @Test
    default void pushArrives() {
        assertThat(client().push(Ask.push("/status", "all \"well\" \u2603")).isOk())
                .isTrue();
        assertThat(server().awaitPush("/status").text()).isEqualTo("all \"well\" \u2603");
    }

    @Test
    default void statusOfTheHandlerReachesTheCaller() {
        Outcome<Double> outcome = client().call(Ask.of("/math/divide", Map.of("a", 7, "b", 0), Double.class));
        assertStatus(outcome, 1001, "divide by zero", "b is 0");
        assertSessionWorks();
    }

    @Test
    default void failureOfTheHandlerIs500() {
        assertStatus(client().call(Ask.of("/panic", null, Integer.class)), 500, "Internal Server Error", "boom");
        assertSessionWorks();
    }

    @Test
    default void unknownRouteIs404() {
        assertStatus(client().call(Ask.of("/no/such/route", "x", String.class)), 404, "Not Found", "");
        assertSessionWorks();
    }

    @Test
    default void emptyRouteIs400() {
        assertStatus(
                client().call(Ask.of("", "x", String.class)), 400, "Bad Message", "invalid service method for message");
        assertSessionWorks();
    }

    @Test
    default void pushToUnknownRouteHarmsNothing() {
        assertThat(client().push(Ask.push("/no/such/route", "x")).isOk()).isTrue();
        assertSessionWorks();
    }

    @Test
    default void bodyOfTheWrongTypeIs400() {
        assertBadMessage(client().call(Ask.of("/math/add", "not numbers", Integer.class)));
        assertSessionWorks();
    }

    @Test
    default void bodyThatIsNotJsonIs400() {
        List<Outcome<Integer>> outcomes = client().callBadly("[1, 2".getBytes(StandardCharsets.UTF_8));
        assertBadMessage(outcomes.get(0));
        assertResult(outcomes.get(1), 6);
    }

    private static void assertBadMessage(Outcome<?> outcome) {
        Status status = outcome.status();
        assertThat(status.code()).isEqualTo(400);
        assertThat(status.msg()).isEqualTo("Bad Message");
        assertThat(status.cause()).as("the decoder's error").isNotBlank().isNotEqualTo(status.msg());
        assertThat(outcome.value()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    default void concurrentCallsGetTheirOwnResults(Many.Kind kind) {
        Many many = client().callMany(kind, 200);
        assertThat(many.wrong()).isEmpty();
        assertThat(many.right()).isEqualTo(200);
    }
}
