package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.teleport.message.BodyWriter;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageTooLargeException;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** A THeader frame, laid out as {@link ThriftBinaryProtocol} says. Keeps no state between frames. */
final class ThriftFrameCodec implements FrameCodec {

    private static final int LENGTH_FIELD = 4;

    private static final int MAGIC = 0x0fff;

    private static final int MAGIC_AND_FLAGS = 4;

    private static final int SEQUENCE = 4;

    private static final int SHORTEST =
            MAGIC_AND_FLAGS + SEQUENCE + Short.BYTES + HeaderBlock.WORD + MessageStart.SHORTEST;

    /** What a Go peer accepts as a length, whatever its own limit. */
    private static final int LONGEST_IN_GO = 16_384_000;

    private final ProtocolContext context;

    private final ThriftBody bodies;

    ThriftFrameCodec(ProtocolContext context, ThriftBody bodies) {
        this.context = context;
        this.bodies = bodies;
    }

    @Override
    public @Nullable Message decode(ByteBuf in) {
        if (in.readableBytes() < LENGTH_FIELD) {
            return null;
        }
        int start = in.readerIndex();
        long length = in.getUnsignedInt(start);
        checkLength(length);
        if (in.readableBytes() >= LENGTH_FIELD + MAGIC_AND_FLAGS) {
            checkMagic(in.getUnsignedShort(start + LENGTH_FIELD));
        }
        if (in.readableBytes() < LENGTH_FIELD + length) {
            return null;
        }
        in.skipBytes(LENGTH_FIELD);
        return read(in.readSlice((int) length), LENGTH_FIELD + (int) length);
    }

    private void checkLength(long length) {
        if (MessageStart.begins(length)) {
            throw withoutHeader();
        }
        if (length < SHORTEST) {
            throw new ProtocolException(
                    "thrift: frame announces " + length + " bytes (it holds at least " + SHORTEST + ")");
        }
        long size = LENGTH_FIELD + length;
        if (size > context.messageLimit()) {
            throw new MessageTooLargeException(
                    "thrift: frame of " + size + " bytes exceeds the message limit of " + context.messageLimit(), null);
        }
    }

    private static void checkMagic(int magic) {
        if (magic == MAGIC) {
            return;
        }
        throw MessageStart.begins((long) magic << 16)
                ? withoutHeader()
                : new ProtocolException(
                        "thrift: frame starts with 0x" + Integer.toHexString(magic) + " (expected 0xfff)");
    }

    private static ProtocolException withoutHeader() {
        return new ProtocolException(
                "thrift: message without THeader, which has no place for a status (expected a THeader frame)");
    }

    private Message read(ByteBuf frame, int size) {
        // Both sequences are the same; Go takes the one in the message.
        frame.skipBytes(MAGIC_AND_FLAGS + SEQUENCE);
        int block = frame.readUnsignedShort() * HeaderBlock.WORD;
        if (block > frame.readableBytes()) {
            throw new ProtocolException("thrift: header block of " + block + " bytes is longer than the "
                    + frame.readableBytes() + " that are left in the frame");
        }
        ReceivedHeaders headers = HeaderBlock.read(frame.readSlice(block));
        return bodies.read(MessageStart.read(frame), headers, frame, size);
    }

    @Override
    public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
        bodies.check(header);
        int start = out.writerIndex();
        out.writeInt(0);
        out.writeShort(MAGIC);
        out.writeShort(0);
        out.writeInt(header.sequence());
        HeaderBlock.write(header, bodies.hasHeaders(), out);
        MessageStart.write(header, out);
        bodies.write(header, body, out);
        int length = out.writerIndex() - start - LENGTH_FIELD;
        checkSize(length);
        out.setInt(start, length);
    }

    private void checkSize(int length) {
        int size = LENGTH_FIELD + length;
        context.requireWithinLimit(size);
        if (length > LONGEST_IN_GO) {
            throw new EncodeException(
                    "thrift: frame of " + length + " bytes is longer than the " + LONGEST_IN_GO + " that Go reads");
        }
    }
}
