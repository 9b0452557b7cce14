package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.testing.ChildProcess;
import io.teleport.testing.Eventually;
import io.teleport.transport.IoKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Somebody pulls the cable: no packet arrives any more at either end, and nobody is told. Without heartbeats. With system property
 * {@code teleport.fault.cable=patient} at the times that are the defaults, more than a minute, else at a few seconds.
 */
class CablePullIT extends FaultCase {

    private static final boolean PATIENT = "patient".equals(System.getProperty("teleport.fault.cable"));

    private static final RedialPolicy AGAIN =
            RedialPolicy.standard().withDelay(RedialDelay.fixed(Duration.ofMillis(100)));

    private static PeerBuilder impatient(PeerBuilder options) {
        return PATIENT ? options : options.register(new ImpatientTcp());
    }

    @Test
    void bothEndsNoticeItAndTheSessionComesBackWhenItIsPluggedInAgain() throws Exception {
        assumeTrue(IoKind.best() == IoKind.EPOLL);
        try (Cable cable = new Cable()) {
            assumeTrue(cable.isLaid(), "network namespaces cannot be used here");
            serve();
            try (ChildProcess far = new ChildProcess(
                    cable.atFarEnd(), CableServer.class, "tcp://" + cable.farHost() + ":0", String.valueOf(!PATIENT))) {
                String address = "tcp://" + cable.farHost() + ":" + far.awaitLine(CableServer.LISTENING);
                Peer client = client(CablePullIT::impatient);
                Session near = client.dial(address());
                Session idle = client.dial(address);
                Session calling = client.dial(address);
                Session redialing = client.dial(DialOptions.to(address).redial(AGAIN));
                for (Session session : List.of(idle, calling, redialing)) {
                    assertThat(session.call("/echo", 1, int.class)).isEqualTo(1);
                }
                String lost = redialing.socketId();
                CompletableFuture<?> before = calling.callAsync("/never", null, int.class);
                assertThat(calling.call("/echo", 2, int.class)).isEqualTo(2);

                cable.pull();
                CompletableFuture<?> after = calling.callAsync("/echo", 3, int.class);
                for (Session session : List.of(idle, calling)) {
                    assertThat(session.closeFuture()
                                    .toCompletableFuture()
                                    .get(150, TimeUnit.SECONDS)
                                    .reason())
                            .isEqualTo(CloseReason.IO_ERROR);
                    assertThat(closed(client, session.socketId()).error()).contains("timed out");
                }
                assertThat(outcome(before).code()).isEqualTo(102);
                assertThat(outcome(after).code()).isEqualTo(102);
                for (int i = 0; i < 3; i++) {
                    assertThat(far.awaitLine(CableServer.ENDED)).isEqualTo("IO_ERROR");
                }
                Eventually.holds("the third is lost", () -> !redialing.isHealthy());
                assertThat(closed(client, lost).closeReason()).isEqualTo(CloseReason.IO_ERROR);
                // Others of the same peer did not notice.
                assertThat(near.call("/echo", 4, int.class)).isEqualTo(4);

                CompletableFuture<Integer> held = redialing.callAsync("/echo", 5, int.class);
                cable.plugInAgain();
                assertThat(soon(held)).isEqualTo(5);
            }
        }
    }
}
