package io.teleport.protocol;

import io.netty.buffer.ByteBufAllocator;
import io.teleport.filter.TransferFilters;

/**
 * What a protocol may know of the connection it serves.
 *
 * @param accepted whether this side accepted the connection; false where it dialed
 * @param messageLimit bytes that a message may have at the most, as it lies on the wire and again after its filters are undone; applies to
 *     reading and writing
 * @param filters transfer filters of the peer
 * @param allocator where buffers come from
 * @param connection the connection itself, for protocols that are more than a sequence of frames
 */
public record ProtocolContext(
        boolean accepted,
        int messageLimit,
        TransferFilters filters,
        ByteBufAllocator allocator,
        ProtocolConnection connection) {

    /** For a codec without a connection. */
    public ProtocolContext(boolean accepted, int messageLimit, TransferFilters filters, ByteBufAllocator allocator) {
        this(accepted, messageLimit, filters, allocator, ProtocolConnection.NONE);
    }

    /**
     * Refuses to write a message that is longer than the message limit.
     *
     * @param size bytes of the message as it would lie on the wire
     * @throws EncodeException with both numbers
     */
    public void requireWithinLimit(int size) {
        if (size > messageLimit) {
            throw new EncodeException("size of package exceeds limit: " + size + " bytes, limit " + messageLimit);
        }
    }
}
