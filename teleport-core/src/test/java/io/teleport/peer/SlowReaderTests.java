package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.EventExecutor;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.plugin.PostAcceptHook;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session whose other side, a plain socket, reads nothing, or only when the test says so. */
class SlowReaderTests {

    /** For what blocks: the common pool may have one thread only. */
    private static final Executor OWN_THREAD = task -> new Thread(task, "slow-reader-test").start();

    private static final byte[] BODY = new byte[64 * 1024];

    /** More than the system's buffers on both sides hold, so that the queue fills up whatever they are. */
    private static final int MANY = 2_000;

    private final BlockingQueue<Session> accepted = new LinkedBlockingQueue<>();

    private Peer server;

    private Socket reader;

    private Session session;

    private void connect(OutboundPolicy policy) throws Exception {
        server = Peer.builder()
                .name("server")
                .listen("tcp://127.0.0.1:0")
                .eventLoopThreads(1)
                .outboundPolicy(policy)
                .outboundLimit(512 * 1024)
                .plugin(new AcceptedSessions(accepted))
                .build()
                .start();
        reader = new Socket(InetAddress.getLoopbackAddress(), server.port());
        session = accepted.poll(60, TimeUnit.SECONDS);
        while (!session.isHealthy()) {
            Thread.onSpinWait();
        }
    }

    private record AcceptedSessions(BlockingQueue<Session> sessions) implements PostAcceptHook {

        @Override
        public String name() {
            return "accepted-sessions";
        }

        @Override
        public void postAccept(Session session) {
            sessions.add(session);
        }
    }

    private static Status push(Session session) {
        try {
            session.push("/p", BODY);
            return Status.OK;
        } catch (StatusException e) {
            return e.status();
        }
    }

    @AfterEach
    void end() throws Exception {
        reader.close();
        server.closeAsync(Duration.ZERO).get(60, TimeUnit.SECONDS);
    }

    /** Begins to read, and goes on to the end. */
    private CompletableFuture<Long> readAll() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (InputStream in = reader.getInputStream()) {
                        long read = 0;
                        byte[] buffer = new byte[1 << 16];
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            read += n;
                        }
                        return read;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                OWN_THREAD);
    }

    /** Writes until the network takes nothing any more, not only until the event loop has to catch up. */
    private Status fill() {
        EventExecutor loop = server.sockets().sockets().get(0).eventLoop();
        int refusedInARow = 0;
        for (int i = 0; i < MANY; i++) {
            Status status = push(session);
            refusedInARow = status.isOk() ? 0 : refusedInARow + 1;
            if (refusedInARow == 20 || status.code() == 102) {
                return status;
            }
            if (refusedInARow > 0) {
                loop.submit(() -> {}).syncUninterruptibly();
            }
        }
        throw new AssertionError("the queue does not fill up");
    }

    @Test
    void byDefaultAWriteBeyondTheLimitIsRefusedWith104AndTheSessionStays() throws Exception {
        connect(OutboundPolicy.REFUSE);
        Status refusal = fill();
        assertThat(refusal.code()).isEqualTo(104);
        assertThat(refusal.cause()).startsWith("outbound queue is full: ");
        assertThat(session.isHealthy()).isTrue();
        assertThat(session.isWritable()).isFalse();
    }

    @Test
    void aProducerStopsWhenItIsToldToAndGoesOnWhenItIsToldTo() throws Exception {
        connect(OutboundPolicy.REFUSE);
        fill();
        CompletableFuture<Thread> goOn = new CompletableFuture<>();
        session.onWritable(() -> goOn.complete(Thread.currentThread()));
        assertThat(goOn).isNotDone();
        CompletableFuture<Long> read = readAll();
        assertThat(goOn.get(60, TimeUnit.SECONDS).getName()).startsWith("teleport-server-completion");
        assertThat(session.isWritable()).isTrue();
        session.push("/p", BODY);
        session.close();
        assertThat(read.get(60, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void aProducerThatWaitsForRoomLearnsOfTheEnd() throws Exception {
        connect(OutboundPolicy.REFUSE);
        fill();
        CompletableFuture<CompletableFuture<Void>> pushed = new CompletableFuture<>();
        session.onWritable(() -> pushed.complete(session.request("/p").push(BODY)));
        reader.close();
        assertThat(PeerPair.refusal(pushed.get(60, TimeUnit.SECONDS)).code()).isEqualTo(102);
    }

    @Test
    void aBlockingCallerIsSlowedDownToTheSpeedOfTheReader() throws Exception {
        connect(OutboundPolicy.BLOCK);
        CompletableFuture<Integer> writing = CompletableFuture.supplyAsync(
                () -> {
                    int written = 0;
                    for (int i = 0; i < MANY; i++) {
                        session.push("/p", BODY);
                        written++;
                    }
                    session.close();
                    return written;
                },
                OWN_THREAD);
        CompletableFuture<Long> read = readAll();
        assertThat(writing.get(60, TimeUnit.SECONDS)).isEqualTo(MANY);
        assertThat(read.get(60, TimeUnit.SECONDS)).isGreaterThan((long) MANY * BODY.length);
    }

    @Test
    void aBlockedCallWaitsNoLongerThanItsTimeout() throws Exception {
        connect(OutboundPolicy.BLOCK);
        Status status = Status.OK;
        while (status.isOk()) {
            CompletableFuture<Void> push =
                    session.request("/p").timeout(Duration.ofMillis(200)).push(BODY);
            status = push.isCompletedExceptionally() ? PeerPair.refusal(push) : Status.OK;
        }
        assertThat(status.code()).isEqualTo(104);
        assertThat(status.cause()).contains("outbound queue is full");
        Status call = session.request("/c")
                .timeout(Duration.ofMillis(200))
                .call(BODY, void.class)
                .status();
        assertThat(call.code()).isEqualTo(104);
    }

    @Test
    void closingFreesABlockedCaller() throws Exception {
        connect(OutboundPolicy.BLOCK);
        CompletableFuture<Status> writing = CompletableFuture.supplyAsync(this::fill, OWN_THREAD);
        while (session.isWritable()) {
            Thread.onSpinWait();
        }
        session.close(Duration.ZERO);
        assertThat(writing.get(60, TimeUnit.SECONDS).code()).isEqualTo(102);
    }

    @Test
    void droppedPushesAreCountedAndWhoWaitsForThemIsTold() throws Exception {
        connect(OutboundPolicy.DROP_OLDEST_PUSH);
        CompletableFuture<Status> dropped = new CompletableFuture<>();
        for (int i = 0; i < MANY && !dropped.isDone(); i++) {
            session.request("/p").push(BODY).whenComplete((sent, failure) -> {
                if (failure instanceof StatusException refused) {
                    dropped.complete(refused.status());
                }
            });
        }
        assertThat(dropped.get(60, TimeUnit.SECONDS).code()).isEqualTo(104);
        assertThat(dropped.join().cause()).startsWith("dropped to make room in the outbound queue");
        assertThat(server.sockets().totals().framesDropped()).isPositive();
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void aSlowReaderIsClosedAsOverloadedIfThatIsThePolicy() throws Exception {
        connect(OutboundPolicy.CLOSE_SLOW);
        assertThat(fill().code()).isEqualTo(102);
        CloseCause cause = session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(cause.reason()).isEqualTo(CloseReason.OVERLOADED);
        assertThat(cause.detail()).startsWith("the other side reads too slowly: ");
    }
}
