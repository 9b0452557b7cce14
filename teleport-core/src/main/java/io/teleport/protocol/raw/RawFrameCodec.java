package io.teleport.protocol.raw;

import io.netty.buffer.ByteBuf;
import io.teleport.filter.FilterException;
import io.teleport.filter.FilterLimitException;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageTooLargeException;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Frame of the raw protocol: size, filters, and the content that {@link RawContent} lays out. Keeps no state between frames. */
final class RawFrameCodec implements FrameCodec {

    private static final int SIZE_FIELD = 4;

    private final ProtocolContext context;

    RawFrameCodec(ProtocolContext context) {
        this.context = context;
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
        FilterIds filters = FilterIds.read(frame, filterCount);
        if (filters.isEmpty()) {
            return RawContent.read(frame, filters, (int) size);
        }
        ByteBuf content = unfilter(filters, frame);
        try {
            return RawContent.read(content, filters, (int) size);
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
                    "raw: frame of " + size + " bytes exceeds the message limit of " + context.messageLimit(), null);
        }
    }

    private ByteBuf unfilter(FilterIds filters, ByteBuf frame) {
        try {
            return context.filters().decode(filters, frame.retain(), context.allocator(), context.messageLimit());
        } catch (FilterLimitException e) {
            throw new MessageTooLargeException("raw: " + e.getMessage(), e);
        } catch (FilterException e) {
            throw new ProtocolException("raw: " + e.getMessage(), e);
        }
    }

    @Override
    public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        FilterIds filters = header.filters();
        out.writeByte(filters.size());
        filters.write(out);
        if (filters.isEmpty()) {
            RawContent.write(header, body, out);
        } else {
            writeFiltered(header, body, out);
        }
        int size = out.writerIndex() - start;
        if (size > context.messageLimit()) {
            throw new EncodeException(
                    "size of package exceeds limit: " + size + " bytes, limit " + context.messageLimit());
        }
        out.setInt(start, size);
    }

    private void writeFiltered(MessageHeader header, BodyWriter body, ByteBuf out) {
        ByteBuf content = context.allocator().buffer();
        boolean handedOver = false;
        try {
            RawContent.write(header, body, content);
            if (content.readableBytes() > context.messageLimit()) {
                throw new EncodeException("size of package exceeds limit: " + content.readableBytes()
                        + " bytes before its transfer filters, limit " + context.messageLimit());
            }
            handedOver = true;
            ByteBuf filtered = filter(header.filters(), content);
            try {
                out.writeBytes(filtered);
            } finally {
                filtered.release();
            }
        } finally {
            if (!handedOver) {
                content.release();
            }
        }
    }

    private ByteBuf filter(FilterIds filters, ByteBuf content) {
        try {
            return context.filters().encode(filters, content, context.allocator());
        } catch (FilterException e) {
            throw new EncodeException("raw: " + e.getMessage(), e);
        }
    }
}
