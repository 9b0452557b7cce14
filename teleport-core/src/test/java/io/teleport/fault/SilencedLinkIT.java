package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.plugin.heartbeat.HeartbeatPlugin;
import io.teleport.plugin.heartbeat.PingMode;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Eventually;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A network that goes on to acknowledge what is sent, and hands on none of it: only heartbeats find out. At the shortest rate there is. */
class SilencedLinkIT extends FaultCase {

    @Test
    void heartbeatsFindOutAtBothEndsAndTheSessionComesBackOnAnotherConnection() throws Exception {
        serve(options -> options.plugin(HeartbeatPlugin.pong()));
        Peer client =
                client(options -> options.plugin(HeartbeatPlugin.ping(HeartbeatPlugin.SHORTEST_RATE, PingMode.CALL)));
        try (Relay relay = new Relay(server.port())) {
            Session session = client.dial(DialOptions.to(relay.address()).redial(RedialPolicy.standard()));
            Wire wire = relay.next();
            Session other = accepted(wire.id());
            String socket = session.socketId();
            CompletableFuture<?> call = session.callAsync("/never", null, int.class);
            CompletableFuture<?> callOfServer = other.callAsync("/never", null, int.class);
            // The server expects heartbeats from those who have sent one.
            Eventually.holds("a heartbeat", () -> other.attributes().containsKey(Session.LAST_BEAT));
            wire.silence();
            assertThat(outcome(call).code()).isEqualTo(102);
            assertThat(closed(client, socket).closeReason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
            assertThat(end(other).reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
            assertThat(outcome(callOfServer).code()).isEqualTo(102);
            assertThat(closed(server, other.socketId()).closeReason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
            assertThat(session.call("/echo", 1, int.class)).isEqualTo(1);
            assertThat(relay.next().id()).isNotEqualTo(wire.id());
        }
    }
}
