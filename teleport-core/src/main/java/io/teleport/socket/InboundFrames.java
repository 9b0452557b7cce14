package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.EventExecutor;
import io.teleport.message.Message;
import io.teleport.protocol.MessageTooLargeException;
import io.teleport.protocol.ProtocolException;
import io.teleport.transport.HeldBytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading half of a socket: collects bytes until a frame is whole, has it decoded, and hands the message to the owner. What arrives before the
 * socket is started is kept until then. Confined to the event loop. Holds memory only for bytes that arrived, and none between frames (G7).
 */
final class InboundFrames {

    private static final Logger log = LoggerFactory.getLogger(InboundFrames.class);

    /** Bytes that may wait while the protocol pauses; then the other side is made to wait, too. */
    private static final int PAUSED_BYTES = 64 * 1024;

    private final GuardedSocket socket;

    private final ByteBufAllocator allocator;

    private final FrameTimer timer;

    /** Whether each buffer that arrives is one message. */
    private final boolean wholeMessages;

    /** Messages that came before the start, if they come whole. */
    private final Queue<ByteBuf> early = new ArrayDeque<>(0);

    /** Else bytes of a frame that is not whole yet. */
    private @Nullable ByteBuf partial;

    InboundFrames(
            GuardedSocket socket,
            ByteBufAllocator allocator,
            EventExecutor loop,
            Duration frameTimeout,
            boolean wholeMessages) {
        this.socket = socket;
        this.allocator = allocator;
        this.timer = new FrameTimer(socket, loop, frameTimeout);
        this.wholeMessages = wholeMessages;
    }

    /** Takes over the bytes. */
    void received(ByteBuf bytes) {
        socket.traffic().received(bytes.readableBytes());
        if (socket.state() == SocketState.CLOSING) {
            socket.dropped(bytes.readableBytes());
        }
        if (wholeMessages) {
            early.add(bytes);
            timer.progress();
        } else {
            partial =
                    partial == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, partial, bytes);
        }
        if (socket.state() != SocketState.OPENING) {
            handOver();
        }
    }

    /** This many bytes of a message that is not whole yet have arrived, on a transport that keeps messages apart. */
    void waiting(int bytes) {
        timer.waiting(bytes);
    }

    /** Hands over what is whole; after each read, and once the socket has been started. */
    void handOver() {
        for (ByteBuf message = early.poll(); message != null; message = early.poll()) {
            try {
                guarded(message, this::decodeOne);
            } finally {
                message.release();
            }
        }
        ByteBuf in = partial;
        if (in != null) {
            try {
                guarded(in, this::decodeAll);
            } finally {
                keepRest(in);
            }
        }
    }

    private void guarded(ByteBuf in, BiConsumer<SocketListener, ByteBuf> decoding) {
        SocketListener listener = socket.listener();
        if (listener == null) {
            return;
        }
        try {
            decoding.accept(listener, in);
        } catch (MessageTooLargeException e) {
            refuse(CloseReason.FRAME_TOO_LARGE, e);
        } catch (ProtocolException e) {
            refuse(CloseReason.PROTOCOL_ERROR, e);
        } catch (RuntimeException e) {
            log.error("{}: protocol failed on received bytes", socket, e);
            socket.abort(
                    CloseReason.PROTOCOL_ERROR,
                    "internal error of the protocol: " + e.getClass().getSimpleName());
        }
    }

    private void refuse(CloseReason reason, ProtocolException refusal) {
        byte[] lastWords = refusal.lastWords();
        if (lastWords.length == 0) {
            socket.abort(reason, ErrorText.of(refusal));
        } else {
            socket.finish(reason, ErrorText.of(refusal), lastWords);
        }
    }

    /** The protocol has answered what it paused for. */
    void readOn() {
        if (socket.state() == SocketState.OPEN) {
            socket.takeBytes(true);
            handOver();
        }
    }

    private void decodeAll(SocketListener listener, ByteBuf in) {
        while (socket.state() == SocketState.OPEN) {
            int before = in.readerIndex();
            Message message = in.isReadable() ? socket.codec().decode(in) : null;
            if (in.readerIndex() != before) {
                timer.progress();
            }
            if (message == null) {
                return;
            }
            socket.traffic().receivedFrame();
            listener.onMessage(message);
        }
    }

    private void decodeOne(SocketListener listener, ByteBuf in) {
        if (socket.state() != SocketState.OPEN) {
            return;
        }
        int size = in.readableBytes();
        Message message = socket.codec().decode(in);
        if (message == null) {
            throw new ProtocolException("message of " + size + " bytes holds only a part of a frame");
        }
        socket.traffic().receivedFrame();
        int rest = in.readableBytes();
        listener.onMessage(message);
        if (rest > 0) {
            throw new ProtocolException("message of " + size + " bytes has " + rest + " behind its frame");
        }
    }

    private void keepRest(ByteBuf in) {
        boolean wanted = in.isReadable() && socket.state() == SocketState.OPEN;
        if (wanted) {
            partial = HeldBytes.keep(in, allocator);
        } else {
            partial = null;
            in.release();
        }
        int held = partial == null ? 0 : partial.readableBytes();
        boolean paused = held > 0 && socket.codec().isPaused();
        if (paused && held > PAUSED_BYTES) {
            socket.takeBytes(false);
        }
        timer.waiting(paused ? 0 : held);
    }

    /** Releases what is held. */
    void end() {
        timer.stop();
        early.forEach(ByteBuf::release);
        early.clear();
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }
}
