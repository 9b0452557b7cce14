package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Answer;
import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Ending;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.Received;
import io.teleport.interop.peers.ServerSide;
import io.teleport.socket.CloseReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that dials again, and a server that is restarted on its port. */
class RedialIT extends PluginPairing {

    private static final int IN_FLIGHT = 20;

    private static final long FOR_EVER = 600_000;

    private static final int WITHOUT_LIMIT = -1;

    private ServerSide restart(ServerSide server) {
        stop(server);
        return serveAt(server.address(), Equipment.NONE);
    }

    @Test
    void aClientIsBackAtARestartedServer() {
        ServerSide server = serve(Equipment.NONE);
        ClientSide client = connect(server, Equipment.redialing(WITHOUT_LIMIT));
        assertResult(client.call(Ask.sum(1, 2)), 3);
        for (int restarts = 1; restarts <= 3; restarts++) {
            server = restart(server);
            server.awaitSession();
            callAgain(client, restarts);
        }
    }

    @Test
    void theServerCallsAndPushesOnTheNewConnection() {
        ServerSide first = serve(Equipment.NONE);
        ClientSide client = connect(first, Equipment.redialing(WITHOUT_LIMIT));
        ServerSide second = restart(first);
        String id = second.awaitSession();
        callAgain(client, 1);
        assertThat(second.callAll("/client/add", 3, 4))
                .extracting(Outcome::value)
                .containsExactly(7);
        second.pushAll("/push/status", "back");
        Received push = client.awaitPush("/push/status");
        assertThat(push.text()).isEqualTo("back");
        assertThat(push.session())
                .as("an id that is an address becomes the new one")
                .isEqualTo(id);
    }

    @Test
    void aCallMadeMeanwhileWaitsForTheNewConnection() {
        ServerSide first = serve(Equipment.NONE);
        ClientSide client = connect(first, Equipment.redialing(WITHOUT_LIMIT));
        stop(first);
        client.awaitRedialing();
        Answer<Integer> answer = client.begin(Ask.sum(40, 2));
        ServerSide second = serveAt(first.address(), Equipment.NONE);
        assertResult(answer.await(), 42);
        second.awaitCall("/math/add");
    }

    @Test
    void callsInFlightEndOnceAndAreNotRepeated() {
        ServerSide first = serve(Equipment.NONE);
        ClientSide client = connect(first, Equipment.redialing(WITHOUT_LIMIT));
        List<Answer<Long>> answers = new ArrayList<>();
        for (int i = 0; i < IN_FLIGHT; i++) {
            answers.add(client.begin(Ask.of("/echo/sleep", FOR_EVER, Long.class)));
        }
        for (int i = 0; i < IN_FLIGHT; i++) {
            first.awaitCall("/echo/sleep");
        }
        first.endAll(Ending.ABRUPT);
        assertThat(answers).extracting(Answer::await).extracting(Outcome::code).containsOnly(102);
        ServerSide second = restart(first);
        second.awaitSession();
        callAgain(client, 1);
        // A Go peer may tell of a call after it has answered it.
        second.awaitCall("/math/add");
        assertThat(second.callsSoFar()).isSubsetOf("/math/add");
    }

    @Test
    void aClientThatHasGivenUpFailsItsCalls() {
        ServerSide server = serve(Equipment.NONE);
        ClientSide client = connect(server, Equipment.redialing(2));
        stop(server);
        client.expectEnd(CloseReason.REMOTE);
        assertStatus(client.call(Ask.sum(1)), 102, "Connection Closed", "");
    }
}
