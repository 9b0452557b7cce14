package io.teleport.protocol;

import io.netty.buffer.ByteBuf;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import org.jspecify.annotations.Nullable;

/**
 * The frame that Go's {@code json} and {@code protobuf} protocols share. Integers are big-endian:
 *
 * <pre>
 * 4   size of all that follows
 * 1   number n of transfer filters
 * n   filter ids, outermost first
 * ..  payload, transformed by the filters
 * </pre>
 *
 * Keeps no state between frames. Source: {@code json.json}, {@code protobuf.json}.
 */
public final class SizedFrameCodec implements FrameCodec {

    private static final int SIZE_FIELD = 4;

    private final String protocol;

    private final ProtocolContext context;

    private final MessageFilters filters;

    private final PayloadCodec payloads;

    /**
     * @param protocol name that begins the text of every {@link ProtocolException}
     * @param context of the connection
     * @param payloads layout of what the filters transform
     */
    public SizedFrameCodec(String protocol, ProtocolContext context, PayloadCodec payloads) {
        this.protocol = protocol;
        this.context = context;
        this.filters = new MessageFilters(protocol, context);
        this.payloads = payloads;
    }

    @Override
    public @Nullable Message decode(ByteBuf in) {
        if (in.readableBytes() < SIZE_FIELD) {
            return null;
        }
        long size = SIZE_FIELD + in.getUnsignedInt(in.readerIndex());
        checkSize(size);
        if (in.readableBytes() < size) {
            return null;
        }
        in.skipBytes(SIZE_FIELD);
        ByteBuf frame = in.readSlice((int) size - SIZE_FIELD);
        FilterIds ids = readFilters(frame);
        ByteBuf payload = filters.undo(ids, frame);
        try {
            return payloads.read(payload, ids, (int) size);
        } finally {
            payload.release();
        }
    }

    private void checkSize(long size) {
        if (size == SIZE_FIELD) {
            throw new ProtocolException(
                    protocol + ": frame announces 0 bytes (it holds at least the number of its transfer filters)");
        }
        if (size > context.messageLimit()) {
            throw new MessageTooLargeException(
                    protocol + ": frame of " + size + " bytes exceeds the message limit of " + context.messageLimit()
                            + ForeignStart.hint(size - SIZE_FIELD),
                    null);
        }
    }

    private FilterIds readFilters(ByteBuf frame) {
        int count = frame.readUnsignedByte();
        if (count > frame.readableBytes()) {
            throw new ProtocolException(protocol + ": frame names " + count + " transfer filters but holds only "
                    + frame.readableBytes() + " bytes after their number");
        }
        return FilterIds.read(frame, count);
    }

    @Override
    public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        out.writeByte(header.filters().size());
        header.filters().write(out);
        filters.apply(header.filters(), payload -> payloads.write(header, body, payload), out);
        int size = out.writerIndex() - start;
        context.requireWithinLimit(size);
        out.setInt(start, size - SIZE_FIELD);
    }
}
