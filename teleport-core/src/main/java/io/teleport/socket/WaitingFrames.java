package io.teleport.socket;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Frames that wait to be handed to the channel, in their order. Thread-safe; a frame is given out once. */
abstract class WaitingFrames {

    static WaitingFrames of(OutboundPolicy policy) {
        return policy == OutboundPolicy.DROP_OLDEST_PUSH ? new DroppableFrames() : new Plain();
    }

    abstract void add(OutboundFrame frame);

    /** The next frame; null if none waits. */
    @Nullable
    abstract OutboundFrame poll();

    abstract boolean isEmpty();

    /** Takes out the oldest pushes, at least so many bytes; none at all if there are not so many. */
    List<OutboundFrame> takePushes(long bytes) {
        return List.of();
    }

    /** How many pushes were taken out. */
    long taken() {
        return 0;
    }

    /** Adding and polling is all that can be done. */
    private static final class Plain extends WaitingFrames {

        private final Queue<OutboundFrame> frames = new ConcurrentLinkedQueue<>();

        @Override
        void add(OutboundFrame frame) {
            frames.add(frame);
        }

        @Override
        @Nullable
        OutboundFrame poll() {
            return frames.poll();
        }

        @Override
        boolean isEmpty() {
            return frames.isEmpty();
        }
    }
}
