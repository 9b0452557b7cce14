package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.EventExecutor;
import io.teleport.message.BodyWriter;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.protocol.FrameCodec;
import io.teleport.transport.TlsSession;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, safe to write and to close from any thread at any time.
 *
 * <p>What it guarantees, whatever races with what:
 *
 * <ul>
 *   <li>G1: a write that starts after {@code close} or {@code abort} returned is refused with 102 and reaches no connection.
 *   <li>G2: a socket is bound to its channel for ever. Neither is reused, so a frame can only reach the connection it was written for.
 *   <li>G3: frames are packed whole before they are queued, and one writer, the event loop, takes them off the queue.
 *   <li>G4: every accepted write tells its listener exactly one outcome; closing completes {@link #closeFuture()} exactly once.
 *   <li>G5: the first close reason is recorded, all others are ignored, and the owner is told of the end once.
 *   <li>G7: bytes that wait to be written are limited; where there is no room for a write, the {@link OutboundPolicy} decides.
 * </ul>
 */
public final class GuardedSocket {

    private static final Logger log = LoggerFactory.getLogger(GuardedSocket.class);

    private static final int ANSWER_ROOM = 1024 * 1024;

    private final String id;

    private final SocketIdentity identity;

    private final Channel channel;

    private final FrameCodec codec;

    private final SocketSettings settings;

    private final SocketWriter writer;

    private final SocketLifecycle lifecycle = new SocketLifecycle();

    private final TrafficCounters traffic = new TrafficCounters();

    private final Instant openedAt = Instant.now();

    private final String localAddress;

    private final String remoteAddress;

    private final SocketRegistry registry;

    private final CompletableFuture<CloseCause> closeFuture = new CompletableFuture<>();

    /** Whether the transport keeps messages apart, and so has words for an end. */
    private final boolean keepsMessages;

    private volatile Map<String, Object> handshakeAttributes = Map.of();

    private volatile @Nullable SocketListener listener;

    /** Made on the event loop when the channel is active. */
    GuardedSocket(
            SocketIdentity identity,
            Channel channel,
            FrameCodec codec,
            boolean keepsMessages,
            SocketSettings settings,
            SocketRegistry registry) {
        this.id = SocketIdentity.nextId();
        this.identity = identity;
        this.channel = channel;
        this.codec = codec;
        this.keepsMessages = keepsMessages;
        this.settings = settings;
        this.registry = registry;
        String local = AddressText.of(channel.localAddress());
        String remote = AddressText.of(channel.remoteAddress());
        this.localAddress = local.isEmpty() ? remote + "#" + id : local;
        this.remoteAddress = remote.isEmpty() ? local + "#" + id : remote;
        this.writer = new SocketWriter(this, channel, settings);
    }

    /** Unique in this process, for ever. */
    public String id() {
        return id;
    }

    public SocketRole role() {
        return identity.role();
    }

    public SocketState state() {
        return lifecycle.state();
    }

    /**
     * {@code ip:port} of the other end, IPv6 addresses in brackets; the name of an in-memory address; the path of a Unix socket. An end that has no
     * address is shown as that of the listening side with {@code #} and the id of this socket.
     */
    public String remoteAddressText() {
        return remoteAddress;
    }

    /** This end, as {@link #remoteAddressText}. */
    public String localAddressText() {
        return localAddress;
    }

    /** The certificates the other side has shown, its own first; empty if it has shown none, and without TLS. */
    public List<X509Certificate> peerCertificates() {
        TlsSession encryption = TlsSession.of(channel);
        return encryption == null ? List.of() : encryption.peerCertificates();
    }

    /** What the handshake of the transport found out, for the attributes of the session. Empty if it found nothing, or is not done. */
    public Map<String, Object> handshakeAttributes() {
        return handshakeAttributes;
    }

    void handshakeAttributes(Map<String, Object> attributes) {
        handshakeAttributes = attributes;
    }

    /** Names the owner. Called on the event loop while the socket is being opened, so that it misses no event. */
    public void attach(SocketListener owner) {
        listener = owner;
    }

    /**
     * Begins to read. Everything that has arrived or will goes to the owner.
     *
     * @return false if the socket was closed before
     */
    public boolean start() {
        if (!lifecycle.move(SocketState.OPEN, null)) {
            return false;
        }
        channel.pipeline().fireUserEventTriggered(SocketHandler.Start.START);
        return true;
    }

    /**
     * Packs a message on the calling thread and queues it. Where there is no room, the {@link OutboundPolicy} decides; only {@link OutboundPolicy#BLOCK}
     * makes the caller wait, and not on an event loop.
     *
     * @param outcome told exactly once if and only if the write is accepted
     * @return OK if accepted. Else the refusal, nothing was queued: 102 if the socket is closing or closed, 104 if too much waits already
     * @throws RuntimeException if the message cannot be packed; nothing was queued
     */
    public Status write(MessageHeader header, BodyWriter body, @Nullable WriteListener outcome) {
        return write(header, body, outcome, settings.outboundWait().toNanos(), bytes -> {});
    }

    /**
     * As {@link #write(MessageHeader, BodyWriter, WriteListener)}.
     *
     * @param waitNanos how long the caller may be kept waiting for room
     * @param size told the bytes of the frame, if the write is accepted
     */
    public Status write(
            MessageHeader header, BodyWriter body, @Nullable WriteListener outcome, long waitNanos, IntConsumer size) {
        return write(header, body, outcome, 0, waitNanos, size);
    }

    /**
     * Writes a short answer without body that tells the other side why it gets no more. It has {@value #ANSWER_ROOM} bytes beyond the queue's limit;
     * where even these are used up the connection is closed, so that the other side learns the fate of its message in either case.
     *
     * @return OK if accepted, else 102
     */
    public Status writeAnswer(MessageHeader header) {
        Status accepted = write(header, BodyWriter.EMPTY, null, ANSWER_ROOM, 0, bytes -> {});
        if (accepted.isOk() || !lifecycle.state().acceptsWrites()) {
            return accepted;
        }
        abort(CloseReason.OVERLOADED, "the other side takes no answers: " + accepted.cause());
        return closedStatus();
    }

    private Status write(
            MessageHeader header,
            BodyWriter body,
            @Nullable WriteListener outcome,
            int extraRoom,
            long waitNanos,
            IntConsumer size) {
        if (!lifecycle.state().acceptsWrites()) {
            return closedStatus();
        }
        ByteBuf frame = channel.alloc().ioBuffer();
        try {
            codec.encode(header, body, frame);
        } catch (Throwable e) {
            frame.release();
            throw e;
        }
        OutboundFrame.Kind kind =
                header.type() == MessageType.PUSH ? OutboundFrame.Kind.PUSH : OutboundFrame.Kind.MESSAGE;
        int bytes = frame.readableBytes();
        Status accepted = writer.offer(new OutboundFrame(frame, kind, outcome), extraRoom, waitNanos);
        if (accepted.isOk()) {
            codec.accepted(header);
            size.accept(bytes);
        }
        return accepted;
    }

    /** Queues bytes of the protocol that are no message. Takes them over; drops them if they are not accepted. */
    void send(ByteBuf bytes) {
        if (lifecycle.state().acceptsWrites()) {
            writer.offer(new OutboundFrame(bytes, OutboundFrame.Kind.CONTROL, null), ANSWER_ROOM, 0);
        } else {
            bytes.release();
        }
    }

    /**
     * Closes after the frames accepted so far are written, or the close timeout has passed. Does not block; may be called anywhere, any number of
     * times; only the first call of this or {@link #abort} has an effect.
     *
     * @param detail what was found, empty where the reason says it all
     */
    public CompletionStage<CloseCause> close(CloseReason reason, String detail) {
        if (beginClosing(CloseCause.now(reason, detail), true)) {
            writer.closeAfterDrain();
        }
        return closeFuture();
    }

    /** Closes at once; frames that still wait fail with 102. Otherwise as {@link #close}. */
    public CompletionStage<CloseCause> abort(CloseReason reason, String detail) {
        if (beginClosing(CloseCause.now(reason, detail), false)) {
            channel.close();
        }
        return closeFuture();
    }

    private boolean beginClosing(CloseCause cause, boolean patient) {
        boolean began = lifecycle.move(SocketState.CLOSING, cause);
        if (began) {
            writer.closing();
        }
        if (began && keepsMessages) {
            CloseNotices.of(cause, patient).keepWith(channel);
        }
        return began;
    }

    /**
     * Closes after the frames accepted so far and some last words, and in such a way that the other side can read them even if it is still
     * sending ({@link Farewell}). Without last words of a protocol that has none, {@link #abort} is the better choice. Otherwise as {@link #close}.
     */
    CompletionStage<CloseCause> finish(CloseReason reason, String detail, byte[] lastWords) {
        if (keepsMessages) {
            // It has last words of its own.
            return close(reason, detail);
        }
        if (beginClosing(CloseCause.now(reason, detail), true)) {
            writer.closeAfterLastWords(lastWords);
        }
        return closeFuture();
    }

    /** On the event loop: bytes arrived that nobody is going to decode. */
    void dropped(int bytes) {
        writer.dropped(bytes);
    }

    /** Whether more bytes are read; those that were read already are handed over in any case. */
    public void takeBytes(boolean mayCome) {
        channel.config().setAutoRead(mayCome);
    }

    /** Runs a task of the protocol on the event loop, unless that has ended and the connection with it. */
    void runOnLoop(Runnable task) {
        writer.runOnLoop(task);
    }

    /**
     * Whether writers should go on: false from the moment the outbound queue is three quarters full until it is no more than one quarter full, and once
     * the socket closes. Writes are accepted all the same, as long as there is room.
     */
    public boolean isWritable() {
        return writer.isWritable() && lifecycle.state().acceptsWrites();
    }

    /**
     * Runs the callback once: at once if writers should go on, else when they should, or the connection is gone. On the thread that brought the change,
     * perhaps the event loop, so it must not block.
     */
    public void whenWritable(Runnable callback) {
        writer.whenWritable(callback);
    }

    /** On the event loop, when the channel may take more, or has enough. */
    void writabilityChanged() {
        writer.writabilityChanged();
    }

    /** Completes once, when the connection is gone and the owner was told. */
    public CompletionStage<CloseCause> closeFuture() {
        return closeFuture.minimalCompletionStage();
    }

    /** The channel's event loop, for timers that belong to this socket. */
    public EventExecutor eventLoop() {
        return channel.eventLoop();
    }

    /** This moment's state and counters. */
    public SocketSnapshot snapshot() {
        SocketListener owner = listener;
        CloseCause cause = lifecycle.cause();
        TlsSession encryption = TlsSession.of(channel);
        return new SocketSnapshot(
                id,
                identity.peer(),
                owner == null ? null : owner.sessionId(),
                owner == null ? null : owner.principal(),
                identity.role(),
                lifecycle.state(),
                identity.network(),
                identity.protocol(),
                encryption == null ? null : encryption.toString(),
                localAddressText(),
                remoteAddressText(),
                openedAt,
                cause == null ? null : cause.at(),
                cause == null ? null : cause.reason(),
                cause == null || cause.detail().isEmpty() ? null : cause.detail(),
                traffic.framesIn(),
                traffic.bytesIn(),
                traffic.framesOut(),
                traffic.bytesOut(),
                writer.waitingBytes(),
                settings.outboundPolicy(),
                isWritable(),
                writer.droppedFrames(),
                owner == null ? null : owner.lastBeatAt(),
                owner == null ? 0 : owner.callsInFlight(),
                Instant.ofEpochMilli(traffic.lastActivityMillis()));
    }

    /** What a refused or failed write gets: 102, with the text of the cause where there is one. */
    public Status closedStatus() {
        CloseCause cause = lifecycle.cause();
        return cause == null ? Status.builtIn(StatusCode.CONNECTION_CLOSED) : cause.toStatus();
    }

    /** On the event loop, when the channel reports an error. */
    void failed(Throwable failure) {
        if (failure instanceof ClosedChannelException) {
            // Says only that the channel is closed already; what closed it, perhaps the other side, is told by others.
            channel.close();
        } else if (failure instanceof TooLongFrameException) {
            abort(CloseReason.FRAME_TOO_LARGE, ErrorText.of(failure));
        } else if (failure instanceof DecoderException && !(failure.getCause() instanceof IOException)) {
            abort(CloseReason.PROTOCOL_ERROR, ErrorText.of(failure));
        } else {
            if (!(failure instanceof IOException || failure.getCause() instanceof IOException)) {
                log.error("{}: unexpected failure", this, failure);
            }
            abort(CloseReason.IO_ERROR, ErrorText.of(failure));
        }
    }

    CloseReason closeReason() {
        return Objects.requireNonNull(lifecycle.cause(), "a closed socket has its cause")
                .reason();
    }

    boolean isClosed() {
        return lifecycle.state() == SocketState.CLOSED;
    }

    TrafficCounters traffic() {
        return traffic;
    }

    FrameCodec codec() {
        return codec;
    }

    @Nullable
    SocketListener listener() {
        return listener;
    }

    /** On the event loop, when the channel has become inactive: the one place where a socket ends. */
    void channelGone() {
        if (!lifecycle.move(SocketState.CLOSED, CloseCause.now(CloseReason.REMOTE, ""))) {
            return;
        }
        writer.channelGone();
        registry.closed(this);
        SocketListener owner = listener;
        if (owner != null) {
            owner.onClosed(cause());
        }
        closeFuture.complete(cause());
    }

    CloseCause cause() {
        return Objects.requireNonNull(lifecycle.cause(), "a closing socket has its cause");
    }

    @Override
    public String toString() {
        return "socket " + id + " (" + identity.network() + ", " + remoteAddressText() + ", " + state() + ")";
    }
}
