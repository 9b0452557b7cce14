package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.cells.CaseReporter;
import io.teleport.interop.matrix.Column;
import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Side;
import io.teleport.interop.peers.Wire;
import io.teleport.message.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers with plugins, in every way in which both kinds can be connected. What a test starts ends with it. */
@NeedsGo
@ExtendWith(CaseReporter.class)
@ParameterizedClass(name = "{0}")
@EnumSource
abstract class PluginPairing implements Column {

    static final Wire WIRE = new Wire("tcp", "raw", "json");

    private static final String ANY_PORT = "127.0.0.1:0";

    /** More than enough for erpc, see {@link #callAgain}. */
    private static final int TRIES = 100;

    @Parameter
    Between between;

    private final Deque<Side> running = new ArrayDeque<>();

    ServerSide serve(Equipment equipment) {
        return serveAt(ANY_PORT, equipment);
    }

    ServerSide serveAt(String address, Equipment equipment) {
        return running(between.serve(WIRE, address, equipment));
    }

    ClientSide connect(ServerSide server, Equipment equipment) {
        return running(between.connect(WIRE, server.address(), equipment));
    }

    Status refusal(ServerSide server, Equipment equipment) {
        return between.refusal(WIRE, server.address(), equipment);
    }

    <S extends Side> S running(S side) {
        running.push(side);
        return side;
    }

    /** Ends a side before its test does, as its role ends in its ordinary way. */
    void stop(Side side) {
        running.remove(side);
        side.close();
    }

    /** The last to start is the first to end. */
    @AfterEach
    void endAll() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    /**
     * The first call after a restart. With Java it is answered. With Go it may fail: the cleaning up after an old connection cancels calls on the new one, and
     * a connection that only the dying server's system accepted breaks once more.
     */
    void callAgain(ClientSide client, int number) {
        Outcome<Integer> outcome = client.call(Ask.sum(number, 2));
        for (int tries = 1; between.goClient() && !outcome.status().isOk() && tries < TRIES; tries++) {
            assertThat(outcome.code()).isIn(102, 104);
            outcome = client.call(Ask.sum(number, 2));
        }
        assertResult(outcome, number + 2);
    }

    static <T> void assertResult(Outcome<T> outcome, T expected) {
        assertThat(outcome.status().code()).as("code of %s", outcome).isZero();
        assertThat(outcome.value()).isEqualTo(expected);
    }

    static void assertStatus(Outcome<?> outcome, int code, String msg, String cause) {
        assertThat(outcome.status()).isEqualTo(Status.of(code, msg, cause));
    }

    @Override
    public String column() {
        return between.toString();
    }
}
