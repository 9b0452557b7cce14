package io.teleport.protocol;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;

/** Gives no memory to those who should not ask for any. */
final class NoMemory extends AbstractByteBufAllocator {

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        throw new AssertionError("asked for " + initialCapacity + " bytes");
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        throw new AssertionError("asked for " + initialCapacity + " bytes");
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
