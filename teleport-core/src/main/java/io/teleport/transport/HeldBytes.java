package io.teleport.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Received bytes that must wait for more. */
public final class HeldBytes {

    private HeldBytes() {}

    /**
     * Makes sure that a few bytes do not hold a receive buffer of many.
     *
     * @param in taken over; at least one byte is readable, what was read before may still be in use elsewhere
     * @return the readable bytes, in this buffer or another one; owned by the caller
     */
    public static ByteBuf keep(ByteBuf in, ByteBufAllocator allocator) {
        if (in.readableBytes() < in.capacity() / 4) {
            ByteBuf few = allocator.buffer(in.readableBytes()).writeBytes(in);
            in.release();
            return few;
        }
        if (in.refCnt() == 1) {
            // Only while no message still points into it.
            in.discardSomeReadBytes();
        }
        return in;
    }
}
