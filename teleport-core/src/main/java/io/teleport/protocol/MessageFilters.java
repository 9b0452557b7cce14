package io.teleport.protocol;

import io.netty.buffer.ByteBuf;
import io.teleport.filter.FilterException;
import io.teleport.filter.FilterLimitException;
import io.teleport.message.FilterIds;
import java.util.function.Consumer;

/** The transfer filters as a protocol uses them: within the message limit of its connection, and failing with the protocol's exceptions. */
public final class MessageFilters {

    private final String protocol;

    private final ProtocolContext context;

    /**
     * @param protocol name that begins the text of every exception
     * @param context of the connection
     */
    public MessageFilters(String protocol, ProtocolContext context) {
        this.protocol = protocol;
        this.context = context;
    }

    /**
     * Undoes the filters.
     *
     * @param filtered what was received; stays the caller's
     * @return the original bytes, owned by the caller
     * @throws MessageTooLargeException if they are more than a message may have
     * @throws ProtocolException if a filter is unknown or refuses the bytes
     */
    public ByteBuf undo(FilterIds filters, ByteBuf filtered) {
        try {
            return context.filters().decode(filters, filtered.retain(), context.allocator(), context.messageLimit());
        } catch (FilterLimitException e) {
            throw new MessageTooLargeException(protocol + ": " + e.getMessage(), e);
        } catch (FilterException e) {
            throw new ProtocolException(protocol + ": " + e.getMessage(), e);
        }
    }

    /**
     * Appends what the filters make of some bytes.
     *
     * @param content appends these bytes to the buffer it is given
     * @throws EncodeException if they are more than a message may have, a filter is unknown, or one fails
     */
    public void apply(FilterIds filters, Consumer<ByteBuf> content, ByteBuf out) {
        if (filters.isEmpty()) {
            content.accept(out);
            return;
        }
        ByteBuf filtered = filter(filters, collect(content));
        try {
            out.writeBytes(filtered);
        } finally {
            filtered.release();
        }
    }

    private ByteBuf collect(Consumer<ByteBuf> content) {
        ByteBuf collected = context.allocator().buffer();
        boolean fits = false;
        try {
            content.accept(collected);
            if (collected.readableBytes() > context.messageLimit()) {
                throw new EncodeException("size of package exceeds limit: " + collected.readableBytes()
                        + " bytes before its transfer filters, limit " + context.messageLimit());
            }
            fits = true;
            return collected;
        } finally {
            if (!fits) {
                collected.release();
            }
        }
    }

    private ByteBuf filter(FilterIds filters, ByteBuf content) {
        try {
            return context.filters().encode(filters, content, context.allocator(), context.messageLimit());
        } catch (FilterException e) {
            throw new EncodeException(protocol + ": " + e.getMessage(), e);
        }
    }
}
