package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How sockets end on a real network. */
class SocketEndsTests {

    private final BlockingQueue<GuardedSocket> accepted = new LinkedBlockingQueue<>();

    private final RecordingListener listener = new RecordingListener();

    private TestConnections connections;

    @BeforeEach
    void listen() throws InterruptedException {
        connections = new TestConnections("ends", "tcp://127.0.0.1:0", 64 << 20, socket -> {
            accepted.add(socket);
            return listener;
        });
    }

    @AfterEach
    void end() {
        connections.close();
    }

    private Socket client() throws Exception {
        return new Socket(
                InetAddress.getLoopbackAddress(), connections.address().port());
    }

    private GuardedSocket server() throws InterruptedException {
        return accepted.poll(60, TimeUnit.SECONDS);
    }

    private CloseCause cause() throws Exception {
        return listener.closed.get(60, TimeUnit.SECONDS);
    }

    @Test
    void anOrderlyEndByTheOtherSideIsRemote() throws Exception {
        client().close();
        assertThat(cause().reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(cause().detail()).isEmpty();
        assertThat(cause().toStatus()).isEqualTo(Status.of(102, "Connection Closed", ""));
    }

    @Test
    void itIsRemoteEvenIfMuchStillWaitsForIt() throws Exception {
        try (Socket client = client()) {
            GuardedSocket server = server();
            // More than the system's buffers hold, and nobody reads it.
            assertThat(TestConnections.push(server, 32 << 20)).isEqualTo(Status.OK);
            assertThat(TestConnections.push(server, 16 << 20)).isEqualTo(Status.OK);
            client.shutdownOutput();
            assertThat(cause().reason()).isEqualTo(CloseReason.REMOTE);
        }
    }

    @Test
    void aResetIsAnIoErrorWithItsText() throws Exception {
        Socket client = client();
        client.setSoLinger(true, 0);
        client.close();
        assertThat(cause().reason()).isEqualTo(CloseReason.IO_ERROR);
        assertThat(cause().detail()).containsIgnoringCase("reset");
    }

    @Test
    void closeSendsAllThatWasAcceptedBefore() throws Exception {
        RecordingListener here = new RecordingListener();
        GuardedSocket socket = connections.dial(dialed -> here);
        for (int i = 0; i < 1_000; i++) {
            assertThat(TestConnections.push(socket, 1_000)).isEqualTo(Status.OK);
        }
        socket.close(CloseReason.LOCAL, "");
        assertThat(cause().reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(listener.methods).hasSize(1_000);
        assertThat(here.closed.get(60, TimeUnit.SECONDS).reason()).isEqualTo(CloseReason.LOCAL);
    }
}
