package io.teleport.socket;

import io.teleport.filter.TransferFilters;
import io.teleport.jcstress.HandChannel;
import io.teleport.jcstress.HandLoop;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.transport.local.LocalTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A real socket over a channel that tests move by hand, open and reading. */
public final class HandSocket {

    private static final TransferFilters NO_FILTERS = TransferFilters.of(List.of());

    private static final RawProtocol RAW = new RawProtocol();

    private static final LocalTransport LOCAL = new LocalTransport();

    /** No clock here moves, so nothing waits that long. */
    private static final Duration LONG = Duration.ofMinutes(10);

    public static final long LIMIT = 10_000;

    public final HandChannel channel;

    public final GuardedSocket socket;

    /**
     * Runs the loop until the socket is there.
     *
     * @param opened gets the socket on the loop, as whoever waits for a connection does
     */
    public HandSocket(
            HandLoop loop,
            SocketRegistry registry,
            SocketRole role,
            OutboundPolicy policy,
            Consumer<GuardedSocket> opened) {
        AtomicReference<GuardedSocket> made = new AtomicReference<>();
        channel = new HandChannel(loop);
        SocketSettings settings = new SocketSettings(1 << 20, LIMIT, policy, LONG, LONG, LONG, LONG);
        new SocketPipeline("stress", NO_FILTERS, settings, registry).equip(channel, role, LOCAL, RAW, socket -> {
            made.set(socket);
            opened.accept(socket);
        });
        // It adds its handlers when it is registered, which is the first task of the loop; within the loop that is done
        // by now.
        loop.run();
        socket = made.get();
    }

    static MessageHeader header(MessageType type, int sequence) {
        return new MessageHeader(sequence, type.id(), "/p", Status.OK, Metadata.empty(), 's', FilterIds.none());
    }

    Status push(int sequence, int bytes, WriteListener listener) {
        return socket.write(header(MessageType.PUSH, sequence), out -> out.writeZero(bytes), listener);
    }

    /** What an accepted write was told, in words; several if it was told several times. */
    static final class Outcome implements WriteListener {

        private final AtomicReference<String> told = new AtomicReference<>("");

        @Override
        public void written(Status outcome) {
            tell(outcome.isOk() ? "written" : "lost " + outcome.code());
        }

        @Override
        public void unsent(Status reason) {
            tell("unsent " + reason.code());
        }

        private void tell(String what) {
            told.updateAndGet(before -> before.isEmpty() ? what : before + " and " + what);
        }

        /** What was told, or, for a write that was refused, the refusal; both if it was refused and told. */
        String after(Status accepted) {
            String outcome = told.get();
            if (accepted.isOk()) {
                return outcome.isEmpty() ? "never told" : outcome;
            }
            return "refused " + accepted.code() + (outcome.isEmpty() ? "" : " and " + outcome);
        }
    }

    /** Counts what its socket tells it. */
    static final class Owner implements SocketListener {

        private final AtomicInteger ends = new AtomicInteger();

        private final AtomicReference<String> reason = new AtomicReference<>("");

        @Override
        public void onMessage(Message message) {
            message.release();
        }

        @Override
        public void onClosed(CloseCause cause) {
            ends.incrementAndGet();
            reason.set(cause.reason().name());
        }

        @Override
        public String sessionId() {
            return "none";
        }

        @Override
        public int callsInFlight() {
            return 0;
        }

        int ends() {
            return ends.get();
        }

        String reason() {
            return reason.get();
        }
    }
}
