package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.util.internal.PlatformDependent;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.GarbageCollection;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guarantee G7: what clients that announce much, stop in the middle, or say nothing may cost. */
@Timeout(300)
class BoundedCostIT {

    private static final int GIBIBYTE = 1 << 30;

    private static final int MEBIBYTE = 1 << 20;

    private static final int CLIENTS = 500;

    /** Generous: measured are a few KiB. */
    private static final long BYTES_OF_A_SILENT_CONNECTION = 32 * 1024;

    private final List<Socket> clients = new ArrayList<>();

    private final Semaphore accepted = new Semaphore(0);

    private final Semaphore ended = new Semaphore(0);

    private Peer server;

    @AfterEach
    void disconnect() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    private void listen(PeerBuilder options) {
        server = options.name("bounded")
                .listen("tcp://127.0.0.1:0")
                .closedSocketHistory(CLIENTS * 2)
                .plugin(new Counter(accepted, ended))
                .build()
                .start();
    }

    private void connect(int count, byte[] bytes) throws Exception {
        for (int i = 0; i < count; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
            clients.add(client);
            OutputStream out = client.getOutputStream();
            out.write(bytes);
            out.flush();
        }
        assertThat(accepted.tryAcquire(count, 60, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitBytes(int count, int bytes) {
        while (server.sockets().open().stream()
                        .filter(socket -> socket.bytesIn() >= bytes)
                        .count()
                < count) {
            Thread.onSpinWait();
        }
    }

    private static long heap() {
        GarbageCollection.complete();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
        return PlatformDependent.usedDirectMemory();
    }

    @Test
    void framesThatAnnounceAGibibyteCostWhatHasArrived() throws Exception {
        listen(Peer.builder().messageLimit(Integer.MAX_VALUE));
        // Once, so that classes and buffer pools are there before anything is measured.
        connect(3, Unpooled.copyInt(GIBIBYTE, 0).array());
        awaitBytes(3, 8);
        long heapBefore = heap();
        long directBefore = direct();
        connect(3, Unpooled.copyInt(GIBIBYTE, 0).array());
        awaitBytes(6, 8);
        long heapCost = heap() - heapBefore;
        long directCost = direct() - directBefore;
        System.out.printf("three frames of 1 GiB announced: %d bytes of heap, %d direct%n", heapCost, directCost);
        assertThat(heapCost).isLessThan(MEBIBYTE);
        assertThat(directCost).isLessThan(MEBIBYTE);
        assertThat(server.sockets().openCount()).isEqualTo(6);
    }

    @Test
    void beyondTheMessageLimitTheyAreClosedAtOnce() throws Exception {
        listen(Peer.builder());
        connect(3, Unpooled.copyInt(GIBIBYTE, 0).array());
        assertThat(ended.tryAcquire(3, 60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.sockets().closed()).hasSize(3).allSatisfy(last -> {
            assertThat(last.closeReason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
            assertThat(last.error()).isEqualTo("raw: frame of 1073741824 bytes exceeds the message limit of 16777216");
        });
    }

    @Test
    void clientsThatStopInTheMiddleOfAFrameAreClosedAndSilentOnesStay() throws Exception {
        listen(Peer.builder().frameTimeout(Duration.ofSeconds(2)));
        connect(CLIENTS, new byte[0]);
        long heapBefore = heap();
        long directBefore = direct();
        connect(CLIENTS, new byte[0]);
        long heapCost = (heap() - heapBefore) / CLIENTS;
        long directCost = (direct() - directBefore) / CLIENTS;
        System.out.printf("a silent connection: %d bytes of heap, %d direct%n", heapCost, directCost);
        assertThat(heapCost + directCost).isLessThan(BYTES_OF_A_SILENT_CONNECTION);

        for (Socket client : clients.subList(0, CLIENTS)) {
            client.getOutputStream().write(Unpooled.copyInt(100, 0).array());
        }
        assertThat(ended.tryAcquire(CLIENTS, 60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.sockets().closed()).hasSize(CLIENTS).allSatisfy(last -> {
            assertThat(last.closeReason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
            assertThat(last.error())
                    .isEqualTo("frame not whole within PT2S: its first 8 bytes came, then not the rest");
        });
        assertThat(server.sockets().open())
                .hasSize(CLIENTS)
                .extracting(SocketSnapshot::bytesIn)
                .containsOnly(0L);
        CountDownLatch served = new CountDownLatch(CLIENTS);
        server.sessions().stream().forEach(session -> {
            session.push("/still/there", "yes");
            served.countDown();
        });
        assertThat(served.getCount()).isZero();
        assertThat(server.sessions().stream()).hasSize(CLIENTS).allMatch(Session::isHealthy);
    }

    @Test
    void silentWebSocketsCostLittleMoreThanSilentConnections() throws Exception {
        server = Peer.builder()
                .name("bounded")
                .protocol("json")
                .listen("ws://127.0.0.1:0")
                .plugin(new Counter(accepted, ended))
                .build()
                .start();
        connectWebSockets();
        long heapBefore = heap();
        long directBefore = direct();
        connectWebSockets();
        long heapCost = (heap() - heapBefore) / CLIENTS;
        long directCost = (direct() - directBefore) / CLIENTS;
        System.out.printf("a silent WebSocket: %d bytes of heap, %d direct%n", heapCost, directCost);
        assertThat(heapCost + directCost).isLessThan(BYTES_OF_A_SILENT_CONNECTION);
    }

    private void connectWebSockets() throws Exception {
        byte[] request = WebSocketWire.upgrade("/").getBytes(StandardCharsets.ISO_8859_1);
        connect(CLIENTS, request);
    }
}
