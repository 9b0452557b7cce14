package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.raw.RawProtocol;
import io.teleport.transport.local.LocalTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A socket without network and with a clock of its own: the test is its event loop, and decides how much the network takes. */
final class EmbeddedSocket implements AutoCloseable {

    static final Duration FRAME_TIMEOUT = Duration.ofSeconds(30);

    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** So long that no test waits for its end. */
    static final Duration OUTBOUND_WAIT = Duration.ofHours(1);

    static final long OUTBOUND_LIMIT = 1_000;

    final SocketRegistry registry;

    final RecordingListener listener = new RecordingListener();

    final NetworkChannel channel = new NetworkChannel();

    final GuardedSocket socket;

    EmbeddedSocket() {
        this(new SocketRegistry(256), 1 << 20);
    }

    EmbeddedSocket(SocketRegistry registry, int messageLimit) {
        this(registry, messageLimit, new RawProtocol());
    }

    EmbeddedSocket(OutboundPolicy policy) {
        this(new SocketRegistry(256), 1 << 20, new RawProtocol(), policy);
    }

    EmbeddedSocket(SocketRegistry registry, int messageLimit, Protocol protocol) {
        this(registry, messageLimit, protocol, OutboundPolicy.REFUSE);
    }

    private EmbeddedSocket(SocketRegistry registry, int messageLimit, Protocol protocol, OutboundPolicy policy) {
        this.registry = registry;
        channel.freezeTime();
        List<GuardedSocket> opened = new ArrayList<>();
        new SocketPipeline(
                        "test",
                        TransferFilters.of(List.of()),
                        new SocketSettings(
                                messageLimit,
                                OUTBOUND_LIMIT,
                                policy,
                                OUTBOUND_WAIT,
                                FRAME_TIMEOUT,
                                FRAME_TIMEOUT,
                                CLOSE_TIMEOUT),
                        registry)
                .equip(channel, SocketRole.ACCEPTED, new LocalTransport(), protocol, opened::add);
        socket = opened.get(0);
        socket.attach(listener);
        socket.start();
    }

    /** Writes a PUSH whose frame has about this many bytes; the event loop has not run yet. */
    Status write(int bodyBytes, WriteListener outcome) {
        return write(MessageType.PUSH, bodyBytes, outcome, OUTBOUND_WAIT.toNanos());
    }

    /** As {@link #write(int, WriteListener)}, for any message and any patience. */
    Status write(MessageType type, int bodyBytes, WriteListener outcome, long waitNanos) {
        MessageHeader header =
                new MessageHeader(1, type.id(), "/p", Status.OK, Metadata.empty(), 's', FilterIds.none());
        return socket.write(header, out -> out.writeZero(bodyBytes), outcome, waitNanos, size -> {});
    }

    /** Lets the event loop do what is due. */
    void run() {
        channel.runPendingTasks();
    }

    void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    void receive(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    /** Frames that have left, which are released. */
    int framesSent() {
        int frames = 0;
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            frames += sent.isReadable() ? 1 : 0;
            sent.release();
        }
        return frames;
    }

    /** A whole frame that a peer may send, its body empty. */
    static ByteBuf frame() {
        ByteBuf frame = Unpooled.buffer();
        frame.writeInt(0).writeByte(0);
        frame.writeByte(1).writeByte('1').writeByte(MessageType.PUSH.id());
        frame.writeByte(2).writeBytes(new byte[] {'/', 'p'}).writeShort(0).writeShort(0);
        frame.writeByte('s');
        return frame.setInt(0, frame.writerIndex());
    }

    @Override
    public void close() {
        channel.stuck = false;
        channel.finishAndReleaseAll();
    }

    /** Takes what is written, or nothing at all. */
    static final class NetworkChannel extends EmbeddedChannel {

        boolean stuck;

        @Override
        protected void doWrite(ChannelOutboundBuffer in) throws Exception {
            if (!stuck) {
                super.doWrite(in);
            }
        }
    }
}
