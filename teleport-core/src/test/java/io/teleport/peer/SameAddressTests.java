package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.session.Session;
import io.teleport.testing.Eventually;
import io.teleport.transport.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Connections of one peer may have one of their ends in common: a client that comes from one port to two of ours, or that dials two servers and gets the
 * same port of its own for both. Their sessions have nothing to do with each other.
 */
class SameAddressTests {

    private final Semaphore accepted = new Semaphore(0);

    private final Semaphore ended = new Semaphore(0);

    private Peer server;

    private final Socket first = new Socket();

    private final Socket second = new Socket();

    @BeforeEach
    void connectTwiceFromOnePort() throws Exception {
        server = Peer.builder()
                .name("same-address")
                .listen("tcp://127.0.0.1:0")
                .listen("tcp://127.0.0.1:0")
                .plugin(new Counter(accepted, ended))
                .build()
                .start();
        InetSocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        for (Socket socket : List.of(first, second)) {
            TransportAddress door = server.listening().get(socket.equals(first) ? 0 : 1);
            socket.setReuseAddress(true);
            socket.bind(from);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.port()));
            from = (InetSocketAddress) socket.getLocalSocketAddress();
            assertThat(accepted.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        }
        // Its hook runs before a session is found by others.
        Eventually.holds("both sessions", () -> server.sessions().count() >= 2);
    }

    @AfterEach
    void close() throws Exception {
        first.close();
        second.close();
        server.close();
    }

    private String address() {
        return "127.0.0.1:" + first.getLocalPort();
    }

    @Test
    void bothSessionsStayAndTheSecondHasAnIdOfItsOwn() throws Exception {
        assertThat(second.getLocalPort()).isEqualTo(first.getLocalPort());
        assertThat(server.sessions().count()).isEqualTo(2);
        assertThat(server.sessions().stream()).allMatch(Session::isHealthy);
        Session other = server.sessions().stream()
                .filter(session -> !session.id().equals(address()))
                .findFirst()
                .orElseThrow();
        assertThat(other.id()).isEqualTo(address() + "#" + other.socketId());
        assertThat(server.sessions().get(other.id())).containsSame(other);
        assertThat(server.sessions().get(address())).get().isNotSameAs(other);
        assertThat(ended.availablePermits()).isZero();
    }

    @Test
    void returningToTheAddressTakesItFromNobody() throws Exception {
        Session holder = server.sessions().get(address()).orElseThrow();
        Session other = server.sessions().stream()
                .filter(session -> !session.equals(holder))
                .findFirst()
                .orElseThrow();
        other.rename("ada");
        other.rename("");
        assertThat(other.id()).isEqualTo(address() + "#" + other.socketId());
        assertThat(server.sessions().get(address())).containsSame(holder);

        first.close();
        assertThat(ended.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        other.rename("");
        assertThat(other.id()).isEqualTo(address());
    }
}
