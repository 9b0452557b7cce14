package io.teleport.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.teleport.transport.HeldBytes;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to messages and control frames (RFC 6455, section 5). Confined to the event loop. Holds memory only for bytes that arrived, and none
 * between messages (G7); frames that are not fragmented are not copied.
 */
final class FrameReader {

    /** Gets what was read, in order. */
    interface Sink {

        /**
         * A whole message.
         *
         * @param payload owned by the sink
         */
        void message(ByteBuf payload, boolean text);

        /**
         * A ping.
         *
         * @param payload stays the reader's
         */
        void ping(ByteBuf payload);

        /** The other side's close frame; {@link CloseCode#NONE} if it has no code. Nothing follows. */
        void closed(int code, String text);

        /** Whether more is wanted. */
        boolean reads();
    }

    private final ByteBufAllocator allocator;

    /** Whether the other side must mask its frames: clients must, servers must not. */
    private final boolean masked;

    private final int messageLimit;

    private final Sink sink;

    /** Bytes that are not read yet: those of a frame that is not whole. */
    private @Nullable ByteBuf partial;

    /** The frame whose header was read and whose payload was not. */
    private @Nullable FrameHeader frame;

    /** Whether the first fragment of a message was read and its last was not. */
    private boolean fragmented;

    private boolean text;

    /** The payload of the fragments so far; null if it is empty. */
    private @Nullable ByteBuf fragments;

    /** Bytes taken from the network for the message or frame that is under way. */
    private long taken;

    private boolean ended;

    FrameReader(ByteBufAllocator allocator, boolean masked, int messageLimit, Sink sink) {
        this.allocator = allocator;
        this.masked = masked;
        this.messageLimit = messageLimit;
        this.sink = sink;
    }

    /**
     * Reads what is whole.
     *
     * @param bytes owned by this method
     * @throws FrameViolation what came before it was given to the sink; nothing may be read any more
     */
    void read(ByteBuf bytes) throws FrameViolation {
        ByteBuf in = partial == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, partial, bytes);
        partial = null;
        try {
            while (sink.reads() && readFrame(in)) {
                // The next one.
            }
        } finally {
            keepRest(in);
        }
    }

    /** Bytes that have arrived of a message or control frame that is not whole; 0 between messages. */
    int waiting() {
        return (int) Math.min(Integer.MAX_VALUE, taken + (partial == null ? 0 : partial.readableBytes()));
    }

    private boolean readFrame(ByteBuf in) throws FrameViolation {
        if (frame == null) {
            int before = in.readerIndex();
            frame = FrameHeader.read(in, masked);
            if (frame == null) {
                return false;
            }
            taken += in.readerIndex() - before;
            check(frame);
        }
        if (in.readableBytes() < frame.length()) {
            return false;
        }
        FrameHeader whole = frame;
        frame = null;
        // Checked against the message limit, so it is an int.
        int length = (int) whole.length();
        ByteBuf payload = in.readSlice(length);
        whole.unmask(payload);
        taken += length;
        if (whole.isControl()) {
            control(whole, payload);
        } else {
            data(whole, payload);
        }
        return true;
    }

    private void check(FrameHeader next) throws FrameViolation {
        if (next.isControl()) {
            return;
        }
        if (next.isContinuation() && !fragmented) {
            throw new FrameViolation(CloseCode.PROTOCOL_ERROR, "continuation of no message");
        }
        if (!next.isContinuation() && fragmented) {
            throw new FrameViolation(
                    CloseCode.PROTOCOL_ERROR, "a message began before the last fragment of the one before");
        }
        // A length may be the largest long; the sum is right as an unsigned number.
        long size = next.length() + (fragments == null ? 0 : fragments.readableBytes());
        if (Long.compareUnsigned(size, messageLimit) > 0) {
            throw new FrameViolation(
                    CloseCode.TOO_BIG,
                    "message of " + Long.toUnsignedString(size) + " bytes or more exceeds the message limit of "
                            + messageLimit);
        }
    }

    private void data(FrameHeader header, ByteBuf payload) throws FrameViolation {
        if (!header.isContinuation()) {
            text = header.isText();
        }
        if (!header.last()) {
            fragmented = true;
            collect(payload);
            return;
        }
        ByteBuf message;
        if (fragments == null) {
            message = payload.retain();
        } else {
            collect(payload);
            message = fragments;
            fragments = null;
        }
        fragmented = false;
        taken = 0;
        if (text && !Utf8.isValid(message)) {
            message.release();
            throw new FrameViolation(CloseCode.NOT_UTF8, "text message is not UTF-8");
        }
        sink.message(message, text);
    }

    private void collect(ByteBuf payload) {
        if (payload.isReadable()) {
            ByteBuf collected = fragments == null ? allocator.buffer(payload.readableBytes()) : fragments;
            fragments = collected.writeBytes(payload);
        }
    }

    private void control(FrameHeader header, ByteBuf payload) throws FrameViolation {
        if (!fragmented) {
            taken = 0;
        }
        if (header.isPing()) {
            sink.ping(payload);
        } else if (header.isClose()) {
            close(payload);
        }
    }

    private void close(ByteBuf payload) throws FrameViolation {
        if (!payload.isReadable()) {
            sink.closed(CloseCode.NONE, "");
            return;
        }
        if (payload.readableBytes() == 1) {
            throw new FrameViolation(CloseCode.PROTOCOL_ERROR, "close frame with half a code");
        }
        int code = payload.readUnsignedShort();
        if (!CloseCode.isSendable(code)) {
            throw new FrameViolation(CloseCode.PROTOCOL_ERROR, "close frame with code " + code);
        }
        if (!Utf8.isValid(payload)) {
            throw new FrameViolation(CloseCode.NOT_UTF8, "text of the close frame is not UTF-8");
        }
        sink.closed(code, CloseCode.text(payload));
    }

    private void keepRest(ByteBuf in) {
        if (!in.isReadable() || ended || !sink.reads()) {
            in.release();
        } else {
            partial = HeldBytes.keep(in, allocator);
        }
    }

    /** Releases what is held; nothing is held any more. */
    void end() {
        ended = true;
        if (partial != null) {
            partial.release();
            partial = null;
        }
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }
}
