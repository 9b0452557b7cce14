package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.testing.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Guarantees G1 to G5 where they are hardest to keep: two writers and one or two closers at work on each of many quickly made connections. System
 * property {@code teleport.stress.rounds} changes the number of rounds, 100,000 in all.
 */
class SocketStressIT {

    private static final int ROUNDS = Integer.getInteger("teleport.stress.rounds", 100_000);

    private static final int DRIVERS = 2;

    /** Of each writer; about what fits in between the first write and the end of a close. */
    private static final int FRAMES = 8;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private final TaggedTraffic traffic = new TaggedTraffic(complaints);

    private final Map<GuardedSocket, TaggedTraffic.Receiver> accepted = new ConcurrentHashMap<>();

    /** Accepted sockets that have ended. */
    private final Semaphore ended = new Semaphore(0);

    @ParameterizedTest
    @CsvSource({"local://socket-stress, 80", "tcp://127.0.0.1:0, 20"})
    void writesAndClosesOfManyConnectionsNeverMixOrGetLost(String address, int percent) throws Exception {
        int rounds = ROUNDS * percent / 100;
        AtomicInteger left = new AtomicInteger(rounds);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (TestConnections connections = new TestConnections("stress", address, 1 << 20, this::accept)) {
            List<Future<?>> drivers = new ArrayList<>();
            for (int i = 0; i < DRIVERS; i++) {
                drivers.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0 && complaints.isEmpty()) {
                        round(connections, threads);
                    }
                    return null;
                }));
            }
            for (Future<?> driver : drivers) {
                driver.get();
            }
            assertThat(complaints).isEmpty();
            assertThat(ended.tryAcquire(rounds, 60, TimeUnit.SECONDS)).isTrue();
            SocketTotals totals = connections.registry.totals();
            assertThat(totals.open()).isZero();
            assertThat(totals.closed().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(2L * rounds);
            assertThat(totals.framesIn()).isEqualTo(traffic.received.get());
            assertThat(traffic.received.get()).isPositive().isLessThanOrEqualTo(traffic.sent.get());
            System.out.printf(
                    "%d rounds over %s: %d frames sent, %d received, closed %s%n",
                    rounds, address, traffic.sent.get(), traffic.received.get(), totals.closed());
        } finally {
            threads.shutdownNow();
        }
        assertThat(Threads.thatStay("teleport-stress-")).isEmpty();
    }

    private SocketListener accept(GuardedSocket socket) {
        TaggedTraffic.Receiver receiver = traffic.new Receiver(socket);
        accepted.put(socket, receiver);
        receiver.closed.thenAccept(cause -> {
            accepted.remove(socket);
            ended.release();
        });
        return receiver;
    }

    private void round(TestConnections connections, ExecutorService threads) throws Exception {
        CompletableFuture<TaggedTraffic.Receiver> owner = new CompletableFuture<>();
        GuardedSocket socket = connections.dial(dialed -> {
            TaggedTraffic.Receiver receiver = traffic.new Receiver(dialed);
            owner.complete(receiver);
            return receiver;
        });
        TaggedTraffic.Writer left = traffic.new Writer(socket, 1, FRAMES);
        TaggedTraffic.Writer right = traffic.new Writer(socket, 2, FRAMES);
        Future<?> leftDone = threads.submit(left);
        Future<?> rightDone = threads.submit(right);
        int way = ThreadLocalRandom.current().nextInt(5);
        if (way != 0) {
            left.firstWrite.get(30, TimeUnit.SECONDS);
        }
        switch (way) {
            case 0, 1 -> socket.close(CloseReason.LOCAL, "");
            case 2 -> socket.abort(CloseReason.KICKED, "");
            case 3 -> closeTheOtherEnd(socket);
            default -> {
                Future<?> second = threads.submit(() -> socket.close(CloseReason.SHUTDOWN, ""));
                socket.abort(CloseReason.OVERLOADED, "");
                second.get();
            }
        }
        if (way != 3) {
            left.mustRefuse();
            right.mustRefuse();
        }
        leftDone.get();
        rightDone.get();
        if (way == 3) {
            socket.close(CloseReason.LOCAL, "");
        }
        CloseCause cause = owner.get(30, TimeUnit.SECONDS).closed.get(30, TimeUnit.SECONDS);
        CloseCause again = socket.closeFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
        if (!cause.equals(again)) {
            complaints.add("two causes: " + cause + " and " + again);
        }
        left.awaitOutcomes();
        right.awaitOutcomes();
        if (socket.snapshot().outboundBytes() != 0) {
            complaints.add("room was not given back: " + socket.snapshot());
        }
    }

    private void closeTheOtherEnd(GuardedSocket socket) {
        for (GuardedSocket other : accepted.keySet()) {
            if (other.remoteAddressText().equals(socket.localAddressText())) {
                other.abort(CloseReason.KICKED, "");
            }
        }
    }
}
