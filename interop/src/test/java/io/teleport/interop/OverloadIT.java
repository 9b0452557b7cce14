package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Answer;
import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.ServerSide;
import io.teleport.message.Status;
import io.teleport.plugin.overload.OverloadLimits;
import io.teleport.plugin.overload.OverloadPlugin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Refusals of the plugin overload (overloader in Go). */
class OverloadIT extends PluginPairing {

    /** At one moment, of which the limits below let one or two through in a second. */
    private static final int BURST = 50;

    private static Equipment limited(OverloadLimits limits, String... go) {
        return Equipment.of(peer -> peer.plugin(new OverloadPlugin(limits)), go);
    }

    private static Equipment oneSumInASecond() {
        return limited(
                OverloadLimits.NONE.withRoute("/math/add", 1), "--handler-qps", "/math/add=1", "--qps-interval", "1s");
    }

    private static void assertSomeRefused(ClientSide client, String text) {
        List<Answer<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            answers.add(client.begin(Ask.sum(20, 22)));
        }
        List<Outcome<Integer>> outcomes = answers.stream().map(Answer::await).toList();
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.status().isOk())
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(outcome.value()).isEqualTo(42));
        assertThat(outcomes)
                .extracting(Outcome::status)
                .filteredOn(status -> !status.isOk())
                .isNotEmpty()
                .containsOnly(Status.of(500, text, text));
    }

    @Test
    void callsOfOneRouteBeyondItsRateAreRefusedAndTheSessionStays() {
        ServerSide server = serve(oneSumInASecond());
        ClientSide client = connect(server, Equipment.NONE);
        assertSomeRefused(client, "qps overload, handler_limit=1");
        assertResult(client.call(Ask.of("/echo/sleep", 1L, Long.class)), 1L);
        assertThat(server.callAll("/client/add", 3, 4))
                .extracting(Outcome::value)
                .containsExactly(7);
    }

    @Test
    void callsBeyondTheRateOfAllAreRefused() {
        Equipment limits = limited(OverloadLimits.NONE.withRate(1), "--max-qps", "1", "--qps-interval", "1s");
        assertSomeRefused(connect(serve(limits), Equipment.NONE), "qps overload, total_limit=1");
    }

    @Test
    void aSideThatDialedMayRefuseToo() {
        Equipment limits = limited(
                OverloadLimits.NONE.withRoute("/client/add", 1),
                "--handler-qps",
                "/client/add=1",
                "--qps-interval",
                "1s");
        ServerSide server = serve(Equipment.NONE);
        ClientSide client = connect(server, limits);
        server.awaitSession();
        assertResult(client.call(Ask.sum(1)), 1);
        List<Status> statuses = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            server.callAll("/client/add", 3, 4).forEach(outcome -> statuses.add(outcome.status()));
        }
        assertThat(statuses)
                .hasSize(BURST)
                .anyMatch(Status::isOk)
                .filteredOn(status -> !status.isOk())
                .containsOnly(Status.of(500, "qps overload, handler_limit=1", "qps overload, handler_limit=1"));
    }

    @Test
    void whoPushesTooMuchIsNotToldAndTheSessionStays() {
        ServerSide server = serve(limited(
                OverloadLimits.NONE.withRoute("/status", 1), "--handler-qps", "/status=1", "--qps-interval", "1s"));
        ClientSide client = connect(server, Equipment.NONE);
        for (int i = 0; i < BURST; i++) {
            assertThat(client.push(Ask.push("/status", "news")).isOk()).isTrue();
        }
        server.awaitPush("/status");
        assertResult(client.call(Ask.sum(1, 2)), 3);
    }

    @Test
    void aConnectionBeyondTheLimitIsClosedWithoutAMessage() {
        ServerSide server = serve(limited(OverloadLimits.NONE.withConnections(1), "--max-connections", "1"));
        ClientSide first = connect(server, Equipment.NONE);
        assertResult(first.call(Ask.sum(1, 2)), 3);
        ClientSide second = connect(server, Equipment.NONE);
        assertThat(second.call(Ask.sum(1, 2)).code()).isEqualTo(102);
        assertResult(first.call(Ask.sum(3, 4)), 7);
    }
}
