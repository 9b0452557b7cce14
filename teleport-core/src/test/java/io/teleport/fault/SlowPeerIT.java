package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.StatusException;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.OutboundPolicy;
import io.teleport.socket.SocketSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The server pushes as much as it can to somebody who reads nothing, or a byte now and then. With a frame timeout of half a second instead of 30,
 * and a byte each 20 ms instead of each second.
 */
class SlowPeerIT extends FaultCase {

    private static final int LIMIT = 512 * 1024;

    private static final byte[] BODY = new byte[16 * 1024];

    /** Pushes until the session refuses for good; gives the most that waited at any time. */
    private CompletableFuture<Long> pushToTheEnd(Session session) {
        CompletableFuture<Long> most = new CompletableFuture<>();
        new Thread(() -> most.complete(push(session, session.socketId())), "pushing").start();
        return most;
    }

    private long push(Session session, String socket) {
        long most = 0;
        int code = 0;
        while (code != 102) {
            try {
                session.push("/pushed", BODY);
            } catch (StatusException e) {
                code = e.status().code();
            }
            long waits = server.sockets().find(socket).orElseThrow().outboundBytes();
            most = Math.max(most, waits);
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSE, false",
        "REFUSE, true",
        "BLOCK, false",
        "BLOCK, true",
        "DROP_OLDEST_PUSH, false",
        "CLOSE_SLOW, false"
    })
    void itIsClosedByNameAndCostsNoMoreThanTheLimit(OutboundPolicy policy, boolean readsAByteNowAndThen)
            throws Exception {
        serve(options -> options.outboundPolicy(policy).outboundLimit(LIMIT).frameTimeout(Duration.ofMillis(500)));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            Session session = accepted("127.0.0.1:" + slow.getLocalPort());
            String socket = session.socketId();
            if (readsAByteNowAndThen) {
                InputStream in = slow.getInputStream();
                clock.scheduleAtFixedRate(() -> readOne(in), 20, 20, TimeUnit.MILLISECONDS);
            }
            CompletableFuture<Long> most = pushToTheEnd(session);
            CloseCause cause = end(session);
            assertThat(cause.reason())
                    .isEqualTo(
                            policy == OutboundPolicy.CLOSE_SLOW ? CloseReason.OVERLOADED : CloseReason.FRAME_TIMEOUT);
            assertThat(cause.detail()).startsWith("the other side ");
            assertThat(soon(most)).isBetween(1L, (long) LIMIT);
            SocketSnapshot last = closed(server, socket);
            assertThat(last.closeReason()).isEqualTo(cause.reason());
            assertThat(last.outboundBytes()).isZero();
        } finally {
            clock.shutdownNow();
        }
    }

    private static void readOne(InputStream in) {
        try {
            in.read();
        } catch (IOException e) {
            throw new IllegalStateException("ends the reading", e);
        }
    }
}
