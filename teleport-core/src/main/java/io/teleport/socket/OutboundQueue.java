package io.teleport.socket;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Frames that were accepted and not yet handed to the channel, and the count of bytes not yet written to the network. Thread-safe.
 *
 * <p>Bounded by bytes: reservation comes first, the frame second, and its bytes are given back when the network has taken them.
 */
final class OutboundQueue {

    private final ConcurrentLinkedQueue<OutboundFrame> frames = new ConcurrentLinkedQueue<>();

    private final AtomicLong reserved = new AtomicLong();

    private final long limit;

    OutboundQueue(long limit) {
        this.limit = limit;
    }

    /** Whether there is room; a frame is always taken when nothing else waits, whatever its size. */
    boolean reserve(int bytes) {
        return reserve(bytes, 0);
    }

    /** As {@link #reserve(int)}, with so many bytes beyond the limit. */
    boolean reserve(int bytes, int extraRoom) {
        // Compared before it is changed: a refused frame must not, even for a moment, take the room of one that fits.
        long before;
        do {
            before = reserved.get();
            if (before > 0 && before + bytes > limit + extraRoom) {
                return false;
            }
        } while (!reserved.compareAndSet(before, before + bytes));
        return true;
    }

    void giveBack(long bytes) {
        reserved.addAndGet(-bytes);
    }

    void add(OutboundFrame frame) {
        frames.add(frame);
    }

    @Nullable
    OutboundFrame poll() {
        return frames.poll();
    }

    /** Bytes accepted and not yet taken by the network. */
    long waitingBytes() {
        return reserved.get();
    }

    long limit() {
        return limit;
    }
}
