package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two writers that fill a small queue, against the event loop that drains it and one that closes: every accepted write is told one outcome, what was
 * told OK has arrived in order, and all room is given back, whatever the policy does meanwhile.
 */
class OutboundRaceTests {

    private static final int ROUNDS = 300;

    private static final int FRAMES = 60;

    private static final int WRITERS = 2;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private final AtomicInteger acceptedDrops = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(OutboundPolicy.class)
    void everyWriteEndsOnceWhateverRacesWithIt(OutboundPolicy policy) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        Queue<Receiver> accepted = new ConcurrentLinkedQueue<>();
        try (TestConnections connections =
                new TestConnections("race", "local://race-" + policy, 2_000, policy, socket -> {
                    Receiver receiver = new Receiver();
                    accepted.add(receiver);
                    return receiver;
                })) {
            for (int round = 0; round < ROUNDS && complaints.isEmpty(); round++) {
                round(connections, policy, threads);
            }
            for (Receiver receiver : accepted) {
                receiver.closed.get(60, TimeUnit.SECONDS);
            }
            assertThat(complaints).isEmpty();
            assertThat(connections.registry.totals().framesDropped()).isEqualTo(acceptedDrops.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private void round(TestConnections connections, OutboundPolicy policy, ExecutorService threads) throws Exception {
        Receiver here = new Receiver();
        GuardedSocket socket = connections.dial(dialed -> here);
        AtomicInteger accepted = new AtomicInteger();
        Semaphore told = new Semaphore(0);
        AtomicInteger written = new AtomicInteger();
        Future<?>[] writers = new Future<?>[WRITERS];
        CompletableFuture<Void> begun = new CompletableFuture<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers[i] = threads.submit(() -> {
                for (int frame = 1; frame <= FRAMES; frame++) {
                    Outcome outcome = new Outcome(told, written);
                    Status status = write(socket, writer, frame, outcome);
                    begun.complete(null);
                    if (status.isOk()) {
                        accepted.incrementAndGet();
                    } else if (status.code() == 102) {
                        return;
                    } else if (policy == OutboundPolicy.BLOCK || policy == OutboundPolicy.CLOSE_SLOW) {
                        complaints.add("refused with " + status);
                    }
                }
            });
        }
        begun.get(60, TimeUnit.SECONDS);
        Consumer<GuardedSocket> end = switch (ThreadLocalRandom.current().nextInt(3)) {
            case 0 -> open -> open.close(CloseReason.LOCAL, "");
            case 1 -> open -> open.abort(CloseReason.KICKED, "");
            default ->
                open -> {
                    for (Future<?> writer : writers) {
                        await(writer);
                    }
                    open.close(CloseReason.LOCAL, "");
                };
        };
        end.accept(socket);
        for (Future<?> writer : writers) {
            await(writer);
        }
        here.closed.get(60, TimeUnit.SECONDS);
        if (!told.tryAcquire(accepted.get(), 60, TimeUnit.SECONDS) || told.availablePermits() > 0) {
            complaints.add("outcomes do not match " + accepted + " accepted writes");
        }
        if (socket.snapshot().outboundBytes() != 0) {
            complaints.add("room was not given back: " + socket.snapshot());
        }
        if (socket.snapshot().framesOut() != written.get()) {
            complaints.add(
                    written + " were told OK, sent were " + socket.snapshot().framesOut());
        }
    }

    private static void await(Future<?> writer) {
        try {
            writer.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Status write(GuardedSocket socket, int writer, int number, WriteListener outcome) {
        MessageType type = number % 4 == 0 ? MessageType.CALL : MessageType.PUSH;
        MessageHeader header =
                new MessageHeader(number, type.id(), "/p", Status.OK, Metadata.empty(), 1 + writer, FilterIds.none());
        return socket.write(header, out -> out.writeZero(100), outcome);
    }

    private final class Outcome implements WriteListener {

        private final AtomicBoolean ended = new AtomicBoolean();

        private final Semaphore told;

        private final AtomicInteger written;

        Outcome(Semaphore told, AtomicInteger written) {
            this.told = told;
            this.written = written;
        }

        @Override
        public void written(Status outcome) {
            if (outcome.isOk()) {
                written.incrementAndGet();
            }
            end(outcome, false);
        }

        @Override
        public void unsent(Status reason) {
            if (reason.code() == 104) {
                acceptedDrops.incrementAndGet();
            }
            end(reason, true);
        }

        private void end(Status outcome, boolean unsent) {
            if (!ended.compareAndSet(false, true)) {
                complaints.add("told twice");
            }
            if (outcome.isOk() ? unsent : outcome.code() != 102 && !(unsent && outcome.code() == 104)) {
                complaints.add("ended with " + outcome);
            }
            told.release();
        }
    }

    /** Sees frames in the order of each writer. */
    private final class Receiver implements SocketListener {

        private final int[] last = new int[1 + WRITERS];

        final CompletableFuture<CloseCause> closed = new CompletableFuture<>();

        @Override
        public void onMessage(Message message) {
            int writer = message.header().bodyCodec();
            if (message.header().sequence() <= last[writer]) {
                complaints.add("frame " + message.header().sequence() + " came after " + last[writer]);
            }
            last[writer] = message.header().sequence();
            message.release();
        }

        @Override
        public void onClosed(CloseCause cause) {
            closed.complete(cause);
        }

        @Override
        public String sessionId() {
            return "none";
        }

        @Override
        public int callsInFlight() {
            return 0;
        }
    }
}
