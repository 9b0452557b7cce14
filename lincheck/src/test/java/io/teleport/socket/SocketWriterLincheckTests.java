package io.teleport.socket;

import io.teleport.lincheck.ModelChecking;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Writers against the event loop that drains the queue, those who close and the end of the connection and its loop: a write after a close is refused
 * (G1), and every accepted one is told one outcome (G4).
 */
public class SocketWriterLincheckTests {

    private final ModelConnection connection = new ModelConnection(new SocketRegistry(1), 1_000, OutboundPolicy.REFUSE);

    private final GuardedSocket socket = connection.socket;

    private final Queue<Outcome> accepted = new ConcurrentLinkedQueue<>();

    private final AtomicInteger toldOfRefused = new AtomicInteger();

    public SocketWriterLincheckTests() {
        socket.start();
    }

    /** Says whether it was accepted. */
    @Operation
    public boolean write() {
        Outcome outcome = new Outcome();
        MessageHeader header =
                new MessageHeader(1, MessageType.PUSH.id(), "/p", Status.OK, Metadata.empty(), 's', FilterIds.none());
        Status status = socket.write(header, io.teleport.message.BodyWriter.EMPTY, outcome);
        if (status.isOk()) {
            accepted.add(outcome);
            return true;
        }
        toldOfRefused.addAndGet(outcome.told.get());
        if (status.code() != 102) {
            throw new IllegalStateException("refused with " + status);
        }
        return false;
    }

    @Operation(runOnce = true)
    public void close() {
        socket.close(CloseReason.LOCAL, "");
    }

    @Operation(runOnce = true)
    public void abort() {
        socket.abort(CloseReason.KICKED, "");
    }

    @Operation(nonParallelGroup = "loop")
    public void turn() {
        connection.turn();
    }

    @Operation(nonParallelGroup = "loop", runOnce = true)
    public void cut() {
        connection.cut();
    }

    @Operation(nonParallelGroup = "loop", runOnce = true)
    public void endLoop() {
        connection.endLoop();
    }

    /** After the loop has done what it was asked to, and the connection has ended. */
    @Validate
    public void everyAcceptedWriteWasToldOnce() {
        while (!connection.isIdle()) {
            connection.turn();
        }
        connection.cut();
        int ok = 0;
        for (Outcome outcome : accepted) {
            if (outcome.told.get() != 1) {
                throw new IllegalStateException("told " + outcome.told + " times");
            }
            ok += outcome.ok;
        }
        if (toldOfRefused.get() != 0) {
            throw new IllegalStateException("a refused write was told an outcome");
        }
        if (ok != connection.sent) {
            throw new IllegalStateException(ok + " writes were told OK, " + connection.sent + " frames left");
        }
        if (socket.snapshot().outboundBytes() != 0) {
            throw new IllegalStateException("room was not given back: " + socket.snapshot());
        }
    }

    @Test
    void noWriteIsLostOrToldTwice() {
        ModelChecking.checkWhole(SocketWriterLincheckTests.class, Specification.class);
    }

    /** A write is accepted until the first close; who closes, and the event loop, return nothing. */
    public static final class Specification {

        private boolean closed;

        public boolean write() {
            return !closed;
        }

        public void close() {
            closed = true;
        }

        public void abort() {
            closed = true;
        }

        public void turn() {
            // Nothing that a writer could tell.
        }

        public void cut() {
            closed = true;
        }

        public void endLoop() {
            closed = true;
        }
    }

    private static final class Outcome implements WriteListener {

        final AtomicInteger told = new AtomicInteger();

        volatile int ok;

        @Override
        public void written(Status outcome) {
            told.incrementAndGet();
            ok = outcome.isOk() ? 1 : 0;
        }
    }
}
