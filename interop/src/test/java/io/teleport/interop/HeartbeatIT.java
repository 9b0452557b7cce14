package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.GoSide;
import io.teleport.interop.peers.ServerSide;
import io.teleport.interop.peers.Side;
import io.teleport.plugin.PostReadCallHeaderHook;
import io.teleport.plugin.PostReadPushHeaderHook;
import io.teleport.plugin.heartbeat.HeartbeatPlugin;
import io.teleport.plugin.heartbeat.PingMode;
import io.teleport.session.IncomingMessage;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin heartbeat at Go's shortest rate, three seconds: all that time is spent waiting, so the tests wait together. */
@Execution(ExecutionMode.CONCURRENT)
class HeartbeatIT extends PluginPairing {

    private static final int RATE = 3;

    /** What Java peers were sent: type and announced rate. */
    private final BlockingQueue<String> beats = new LinkedBlockingQueue<>();

    /** Sees heartbeats come in. */
    private record Seeing(BlockingQueue<String> beats) implements PostReadCallHeaderHook, PostReadPushHeaderHook {

        @Override
        public String name() {
            return "seeing";
        }

        @Override
        public void postReadCallHeader(IncomingMessage call) {
            see(call);
        }

        @Override
        public void postReadPushHeader(IncomingMessage push) {
            see(push);
        }

        private void see(IncomingMessage message) {
            if (message.serviceMethod().equals(HeartbeatPlugin.SERVICE_METHOD)) {
                beats.add(message.type().text() + " " + message.metadata().get(HeartbeatPlugin.RATE));
            }
        }
    }

    private static Equipment ping(PingMode mode) {
        return Equipment.of(
                peer -> peer.plugin(HeartbeatPlugin.ping(Duration.ofSeconds(RATE), mode)),
                "--ping",
                Integer.toString(RATE),
                "--ping-by",
                mode.name().toLowerCase(Locale.ROOT));
    }

    private Equipment pong() {
        return Equipment.of(peer -> peer.plugin(HeartbeatPlugin.pong()).plugin(new Seeing(beats)), "--pong");
    }

    /**
     * Two of them: after one that failed there would be no other. Of Go with itself only one: heartbeats of Go may come two rates apart and a moment more,
     * which Go's own pong, if it looks just then, takes for missing.
     */
    private void assertBeatsReach(Side side, PingMode mode) throws InterruptedException {
        int expected = between == Between.GO_TO_GO ? 1 : 2;
        for (int i = 0; i < expected; i++) {
            if (side instanceof GoSide go) {
                go.awaitEvent(
                        "ping_received",
                        event -> event.path("by").asString().equals(mode.name())
                                && event.path("rate").asString().equals(Integer.toString(RATE)));
            } else {
                assertThat(beats.poll(30, TimeUnit.SECONDS)).isEqualTo(mode.name() + " " + RATE);
            }
        }
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @EnumSource
    void theSideThatDialedSendsHeartbeatsAs(PingMode mode) throws Exception {
        ServerSide server = serve(pong());
        ClientSide client = connect(server, ping(mode));
        assertBeatsReach(server, mode);
        assertResult(client.call(Ask.sum(1, 2)), 3);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @EnumSource
    void theSideThatListensSendsHeartbeatsAs(PingMode mode) throws Exception {
        ServerSide server = serve(ping(mode));
        ClientSide client = connect(server, pong());
        assertBeatsReach(client, mode);
        assertResult(client.call(Ask.sum(1, 2)), 3);
    }

    /** Go closes by itself and knows no reasons. */
    private static CloseReason lostOn(Side side) {
        return side instanceof GoSide ? CloseReason.LOCAL : CloseReason.HEARTBEAT_LOST;
    }

    @Test
    void aHeartbeatThatNobodyAnswersEndsTheSession() {
        ServerSide server = serve(Equipment.NONE);
        ClientSide client = connect(server, ping(PingMode.CALL));
        client.expectEnd(lostOn(client));
        server.expectEnd(CloseReason.REMOTE);
    }

    @Test
    void aSessionWhoseHeartbeatsStayAwayIsEnded() {
        ServerSide server = serve(pong());
        ClientSide client = connect(server, Equipment.NONE);
        assertThat(client.call(beat("3")).status().isOk()).isTrue();
        server.expectEnd(lostOn(server));
        client.expectEnd(CloseReason.REMOTE);
    }

    @Test
    void aSessionThatNeverSentAHeartbeatMayBeSilent() throws Exception {
        ServerSide server = serve(pong());
        ClientSide silent = connect(server, Equipment.NONE);
        ClientSide beating = connect(server, Equipment.NONE);
        assertThat(beating.call(beat("3")).status().isOk()).isTrue();
        beating.expectEnd(CloseReason.REMOTE);
        assertResult(silent.call(Ask.sum(1, 2)), 3);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(strings = {"soon", "-3"})
    void aRateThatIsNoneIsRefused(String rate) {
        ClientSide client = connect(serve(pong()), Equipment.NONE);
        assertStatus(client.call(beat(rate)), 400, "invalid heartbeat rate", rate);
        assertResult(client.call(Ask.sum(1, 2)), 3);
    }

    private static Ask<Object> beat(String rate) {
        return Ask.of(HeartbeatPlugin.SERVICE_METHOD, null, Object.class).meta(HeartbeatPlugin.RATE, rate);
    }
}
