package io.teleport.socket;

import io.netty.buffer.ByteBufUtil;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Frames that carry the name of the connection they were written for, and the check that they arrive there, whole and in order. */
final class TaggedTraffic {

    private final Queue<String> complaints;

    final AtomicLong sent = new AtomicLong();

    final AtomicLong received = new AtomicLong();

    TaggedTraffic(Queue<String> complaints) {
        this.complaints = complaints;
    }

    /** Reads what arrives at one socket. */
    final class Receiver implements SocketListener {

        private final GuardedSocket socket;

        private final int[] last = new int[16];

        private final AtomicInteger ends = new AtomicInteger();

        final CompletableFuture<CloseCause> closed = new CompletableFuture<>();

        Receiver(GuardedSocket socket) {
            this.socket = socket;
        }

        @Override
        public void onMessage(Message message) {
            MessageHeader header = message.header();
            int writer = header.bodyCodec();
            if (!header.serviceMethod().equals(socket.remoteAddressText())) {
                complaints.add("frame of " + header.serviceMethod() + " came from " + socket.remoteAddressText());
            }
            if (header.sequence() != last[writer] + 1) {
                complaints.add("frame " + header.sequence() + " of writer " + writer + " came after " + last[writer]);
            }
            last[writer] = header.sequence();
            for (byte each : ByteBufUtil.getBytes(message.body())) {
                if (each != (byte) header.sequence()) {
                    complaints.add("a frame holds bytes of another");
                    break;
                }
            }
            message.release();
            received.incrementAndGet();
            if (ends.get() > 0) {
                complaints.add("a message came after the end");
            }
        }

        @Override
        public void onClosed(CloseCause cause) {
            if (ends.incrementAndGet() > 1) {
                complaints.add("the end was told twice");
            }
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

    /** Writes until it is refused. */
    final class Writer implements Runnable {

        private final GuardedSocket socket;

        private final int number;

        private final int frames;

        private final Semaphore told = new Semaphore(0);

        private int accepted;

        /** Set after a close has returned: no write that starts later may be accepted. */
        private volatile boolean mustRefuse;

        final CompletableFuture<Void> firstWrite = new CompletableFuture<>();

        Writer(GuardedSocket socket, int number, int frames) {
            this.socket = socket;
            this.number = number;
            this.frames = frames;
        }

        void mustRefuse() {
            mustRefuse = true;
        }

        @Override
        public void run() {
            try {
                for (int i = 1; i <= frames && write(i); i++) {
                    firstWrite.complete(null);
                }
            } catch (Throwable e) {
                complaints.add("write threw " + e);
            } finally {
                firstWrite.complete(null);
            }
        }

        private boolean write(int sequence) {
            int size = ThreadLocalRandom.current().nextInt(10) == 0 ? 4096 : 64;
            byte[] body = new byte[size];
            Arrays.fill(body, (byte) sequence);
            MessageHeader header = new MessageHeader(
                    sequence,
                    MessageType.PUSH.id(),
                    socket.localAddressText(),
                    Status.OK,
                    Metadata.empty(),
                    number,
                    FilterIds.none());
            boolean refusalDue = mustRefuse;
            AtomicInteger outcomes = new AtomicInteger();
            Status status = socket.write(header, out -> out.writeBytes(body), outcome -> told(outcome, outcomes));
            if (status.isOk()) {
                accepted++;
                sent.incrementAndGet();
                if (refusalDue) {
                    complaints.add("a write was accepted after close had returned");
                }
            } else if (status.code() != 102) {
                complaints.add("write refused with " + status);
            }
            return status.isOk();
        }

        private void told(Status outcome, AtomicInteger outcomes) {
            if (outcomes.incrementAndGet() > 1) {
                complaints.add("a write was told two outcomes");
            }
            if (!outcome.isOk() && outcome.code() != 102) {
                complaints.add("a write ended with " + outcome);
            }
            told.release();
        }

        /** After {@link #run}. */
        void awaitOutcomes() throws InterruptedException {
            if (!told.tryAcquire(accepted, 60, TimeUnit.SECONDS)) {
                complaints.add("of " + accepted + " accepted writes only " + told.availablePermits() + " were told");
            }
            if (told.availablePermits() > 0) {
                complaints.add("more outcomes than accepted writes");
            }
        }
    }
}
