package io.teleport.fuzz;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/** Knows how many bytes its buffers hold, and refuses to give more than a limit. For one thread. */
final class CountingAllocator extends AbstractByteBufAllocator {

    private final long limit;

    private long held;

    CountingAllocator(long limit) {
        super(false);
        this.limit = limit;
    }

    long held() {
        return held;
    }

    private void count(long bytes) {
        held += bytes;
        if (held > limit) {
            throw new AssertionError("buffers of " + held + " bytes, expected " + limit + " at the most");
        }
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new Counted(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return new Counted(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    private final class Counted extends UnpooledHeapByteBuf {

        Counted(int initialCapacity, int maxCapacity) {
            super(CountingAllocator.this, initialCapacity, maxCapacity);
        }

        @Override
        protected byte[] allocateArray(int size) {
            count(size);
            return super.allocateArray(size);
        }

        @Override
        protected void freeArray(byte[] array) {
            count(-array.length);
            super.freeArray(array);
        }
    }
}
