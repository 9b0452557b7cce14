package io.teleport.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Frames of which pushes can be taken out before their turn, at a cost that does not depend on how many others wait. */
final class DroppableFrames extends WaitingFrames {

    /** By identity, since that is how frames are equal. */
    private final Set<OutboundFrame> frames = new LinkedHashSet<>();

    /** Those among them that are pushes. */
    private final Deque<OutboundFrame> pushes = new ArrayDeque<>();

    private long pushBytes;

    /** Counted together with the taking, so that whoever finds no frames left has the last word on their number, too. */
    private long taken;

    @Override
    synchronized void add(OutboundFrame frame) {
        frames.add(frame);
        if (frame.isPush()) {
            pushes.add(frame);
            pushBytes += frame.size();
        }
    }

    @Override
    @Nullable
    synchronized OutboundFrame poll() {
        Iterator<OutboundFrame> all = frames.iterator();
        if (!all.hasNext()) {
            return null;
        }
        OutboundFrame first = all.next();
        all.remove();
        if (first.isPush()) {
            // Both are in the same order, so it is the first there, too.
            pushes.remove();
            pushBytes -= first.size();
        }
        return first;
    }

    @Override
    synchronized boolean isEmpty() {
        return frames.isEmpty();
    }

    @Override
    synchronized List<OutboundFrame> takePushes(long bytes) {
        if (pushBytes < bytes) {
            return List.of();
        }
        List<OutboundFrame> oldestOnes = new ArrayList<>();
        long missing = bytes;
        while (missing > 0) {
            OutboundFrame oldest = pushes.remove();
            frames.remove(oldest);
            pushBytes -= oldest.size();
            missing -= oldest.size();
            oldestOnes.add(oldest);
        }
        taken += oldestOnes.size();
        return oldestOnes;
    }

    @Override
    synchronized long taken() {
        return taken;
    }
}
