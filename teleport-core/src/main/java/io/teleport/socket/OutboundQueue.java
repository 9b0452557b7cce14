package io.teleport.socket;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Frames that were accepted and not yet handed to the channel, and the count of bytes not yet written to the network. Thread-safe.
 *
 * <p>Bounded by bytes: reservation comes first, the frame second, and its bytes are given back when the network has taken them.
 */
final class OutboundQueue {

    private final WaitingFrames frames;

    private final AtomicLong reserved = new AtomicLong();

    private final long limit;

    private final RoomLine line = new RoomLine(bytes -> reserve(bytes, 0));

    private final Writability writability;

    OutboundQueue(long limit, OutboundPolicy policy) {
        this.limit = limit;
        this.frames = WaitingFrames.of(policy);
        this.writability = new Writability(limit, reserved::get);
    }

    /**
     * Reserves room; a frame is always taken when nothing else waits, whatever its size.
     *
     * @param extraRoom bytes that this frame may have beyond the limit
     * @return whether there is room
     */
    boolean reserve(int bytes, int extraRoom) {
        // Compared before it is changed: a refused frame must not, even for a moment, take the room of one that fits.
        long before;
        do {
            before = reserved.get();
            if (before > 0 && before + bytes > limit + extraRoom) {
                return false;
            }
        } while (!reserved.compareAndSet(before, before + bytes));
        writability.changed(before + bytes);
        return true;
    }

    void giveBack(long bytes) {
        long now = reserved.addAndGet(-bytes);
        line.serve();
        writability.changed(now);
    }

    void add(OutboundFrame frame) {
        frames.add(frame);
    }

    @Nullable
    OutboundFrame poll() {
        return frames.poll();
    }

    boolean hasFrames() {
        return !frames.isEmpty();
    }

    /** Takes out as many of the oldest pushes as must go before so many bytes fit; none if even all of them would not be enough. */
    List<OutboundFrame> takePushesFor(int bytes, int extraRoom) {
        long excess = reserved.get() + bytes - limit - extraRoom;
        return excess > 0 ? frames.takePushes(excess) : List.of();
    }

    /** How many pushes were taken out. */
    long takenPushes() {
        return frames.taken();
    }

    /** Callers that wait for room. */
    RoomLine line() {
        return line;
    }

    Writability writability() {
        return writability;
    }

    /** Bytes accepted and not yet taken by the network. */
    long waitingBytes() {
        return reserved.get();
    }

    long limit() {
        return limit;
    }
}
