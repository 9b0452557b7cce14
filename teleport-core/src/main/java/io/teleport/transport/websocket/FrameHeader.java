package io.teleport.transport.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Header of one frame (RFC 6455, section 5.2):
 *
 * <pre>
 * 1 bit    last fragment of its message
 * 3 bits   zero, since no extension is negotiated
 * 4 bits   opcode
 * 1 bit    masked
 * 7 bits   length; 126: the next 2 bytes are, 127: the next 8
 * 4 bytes  mask, if masked
 * </pre>
 *
 * @param last whether no fragment of the same message follows
 * @param length bytes of the payload
 * @param mask what the payload is masked with, 0 if it is not
 */
record FrameHeader(boolean last, int opcode, long length, int mask) {

    /** Bytes of the longest header. */
    static final int LONGEST = 2 + Long.BYTES + Integer.BYTES;

    static final int CONTINUATION = 0x0;

    static final int TEXT = 0x1;

    static final int BINARY = 0x2;

    static final int CLOSE = 0x8;

    static final int PING = 0x9;

    static final int PONG = 0xa;

    private static final int LAST = 0x80;

    private static final int RESERVED = 0x70;

    private static final int MASKED = 0x80;

    private static final int CONTROL_LIMIT = 125;

    private static final int TWO_BYTES = 126;

    private static final int EIGHT_BYTES = 127;

    /**
     * Reads a header.
     *
     * @param masked whether it must be masked, else it must not
     * @return null if it is not whole; nothing was consumed then
     * @throws FrameViolation as soon as it can be seen, also if the header is not whole
     */
    static @Nullable FrameHeader read(ByteBuf in, boolean masked) throws FrameViolation {
        int available = in.readableBytes();
        if (available < 2) {
            return null;
        }
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        int lengthField = second & ~MASKED;
        check(first, second, masked);
        int lengthBytes = lengthField == TWO_BYTES ? 2 : lengthField == EIGHT_BYTES ? 8 : 0;
        int maskBytes = masked ? Integer.BYTES : 0;
        if (available < 2 + lengthBytes + maskBytes) {
            return null;
        }
        in.skipBytes(2);
        long length = switch (lengthBytes) {
            case 2 -> in.readUnsignedShort();
            case 8 -> in.readLong();
            default -> lengthField;
        };
        if (length < 0) {
            throw violation("length with its highest bit set");
        }
        if ((lengthBytes == 2 && length < TWO_BYTES) || (lengthBytes == 8 && length <= 0xffff)) {
            throw violation("length " + length + " in more bytes than it needs");
        }
        return new FrameHeader((first & LAST) != 0, first & 0xf, length, masked ? in.readInt() : 0);
    }

    private static void check(int first, int second, boolean masked) throws FrameViolation {
        if ((first & RESERVED) != 0) {
            throw violation("reserved bits are set and no extension was negotiated");
        }
        int opcode = first & 0xf;
        if ((opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
            throw violation("reserved opcode " + opcode);
        }
        if ((second & MASKED) != 0 != masked) {
            throw violation(masked ? "frame of a client is not masked" : "frame of a server is masked");
        }
        if (opcode >= CLOSE && (first & LAST) == 0) {
            throw violation("fragmented control frame");
        }
        if (opcode >= CLOSE && (second & ~MASKED) > CONTROL_LIMIT) {
            throw violation("control frame of more than " + CONTROL_LIMIT + " bytes");
        }
    }

    private static FrameViolation violation(String text) {
        return new FrameViolation(CloseCode.PROTOCOL_ERROR, text);
    }

    boolean isControl() {
        return opcode >= CLOSE;
    }

    boolean isContinuation() {
        return opcode == CONTINUATION;
    }

    boolean isText() {
        return opcode == TEXT;
    }

    boolean isPing() {
        return opcode == PING;
    }

    boolean isClose() {
        return opcode == CLOSE;
    }

    /** Undoes the mask, or applies it: both are the same. */
    void unmask(ByteBuf payload) {
        if (mask == 0) {
            return;
        }
        int rest = mask;
        for (ByteBuffer piece : payload.nioBuffers()) {
            rest = xor(piece, rest);
        }
    }

    /** Gives the mask for what follows. */
    private static int xor(ByteBuffer bytes, int mask) {
        long wide = ((long) mask << Integer.SIZE) | Integer.toUnsignedLong(mask);
        int at = bytes.position();
        for (; bytes.limit() - at >= Long.BYTES; at += Long.BYTES) {
            bytes.putLong(at, bytes.getLong(at) ^ wide);
        }
        int rest = mask;
        for (; at < bytes.limit(); at++) {
            rest = Integer.rotateLeft(rest, Byte.SIZE);
            bytes.put(at, (byte) (bytes.get(at) ^ rest));
        }
        return rest;
    }

    /** Appends this header. */
    void write(boolean masked, ByteBuf out) {
        int maskBit = masked ? MASKED : 0;
        out.writeByte((last ? LAST : 0) | opcode);
        if (length < TWO_BYTES) {
            out.writeByte(maskBit | (int) length);
        } else if (length <= 0xffff) {
            out.writeByte(maskBit | TWO_BYTES).writeShort((int) length);
        } else {
            out.writeByte(maskBit | EIGHT_BYTES).writeLong(length);
        }
        if (masked) {
            out.writeInt(mask);
        }
    }
}
