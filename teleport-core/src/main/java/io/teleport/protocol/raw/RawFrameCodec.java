package io.teleport.protocol.raw;

import io.netty.buffer.ByteBuf;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.protocol.ForeignStart;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.MessageTooLargeException;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Frame of the raw protocol: size, filters, and the content that {@link RawContent} lays out. Keeps no state between frames. */
final class RawFrameCodec implements FrameCodec {

    private static final int SIZE_FIELD = 4;

    private final ProtocolContext context;

    private final MessageFilters filters;

    RawFrameCodec(ProtocolContext context) {
        this.context = context;
        this.filters = new MessageFilters("raw", context);
    }

    @Override
    public @Nullable Message decode(ByteBuf in) {
        if (in.readableBytes() < SIZE_FIELD) {
            return null;
        }
        long size = in.getUnsignedInt(in.readerIndex());
        checkSize(size);
        if (in.readableBytes() < size) {
            return null;
        }
        in.skipBytes(SIZE_FIELD);
        ByteBuf frame = in.readSlice((int) size - SIZE_FIELD);
        int filterCount = frame.readUnsignedByte();
        if (filterCount > frame.readableBytes()) {
            throw new ProtocolException("raw: frame names " + filterCount + " transfer filters but holds only "
                    + frame.readableBytes() + " bytes after their number");
        }
        FilterIds ids = FilterIds.read(frame, filterCount);
        if (ids.isEmpty()) {
            return RawContent.read(frame, ids, (int) size);
        }
        ByteBuf content = filters.undo(ids, frame);
        try {
            return RawContent.read(content, ids, (int) size);
        } finally {
            content.release();
        }
    }

    private void checkSize(long size) {
        if (size <= SIZE_FIELD) {
            throw new ProtocolException(
                    "raw: frame size " + size + " is too small (a frame holds its size in 4 bytes, and a header)");
        }
        if (size > context.messageLimit()) {
            throw new MessageTooLargeException(
                    "raw: frame of " + size + " bytes exceeds the message limit of " + context.messageLimit()
                            + ForeignStart.hint(size),
                    null);
        }
    }

    @Override
    public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        FilterIds ids = header.filters();
        out.writeByte(ids.size());
        ids.write(out);
        if (ids.isEmpty()) {
            RawContent.write(header, body, out);
        } else {
            filters.apply(ids, content -> RawContent.write(header, body, content), out);
        }
        int size = out.writerIndex() - start;
        context.requireWithinLimit(size);
        out.setInt(start, size);
    }
}
