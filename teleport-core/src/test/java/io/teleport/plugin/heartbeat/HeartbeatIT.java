package io.teleport.plugin.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Threads;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In real time: the shortest rate takes some seconds. */
class HeartbeatIT {

    @Test
    void aHeartbeatThatIsNeverAnsweredClosesTheConnection() throws Exception {
        HeartbeatPlugin plugin = HeartbeatPlugin.ping(Duration.ofSeconds(3), PingMode.CALL);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Peer client = Peer.builder()
                        .name("heart")
                        .eventLoopThreads(1)
                        .plugin(plugin)
                        .build()) {
            Session session = client.dial("tcp://127.0.0.1:" + silent.getLocalPort());
            try (Socket end = silent.accept()) {
                CloseCause cause = session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
                assertThat(cause.reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
                assertThat(cause.detail())
                        .isEqualTo("heartbeat failed: 408 Handle Timeout: no reply from /heartbeat within PT6S");
                assertThat(end.getInputStream().readAllBytes()).isNotEmpty();
            }
        }
        assertThat(Threads.thatStay("teleport-heart-")).isEmpty();
    }
}
