package io.teleport.socket;

import io.netty.buffer.Unpooled;
import io.teleport.lincheck.ModelChecking;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Frames of which pushes are taken out before their turn: each is given out once, in order. */
@Param(name = "bytes", gen = IntGen.class, conf = "1:2")
public class DroppableFramesLincheckTests {

    private static final int FRAMES = 3;

    private final DroppableFrames waiting = new DroppableFrames();

    private final OutboundFrame[] frames = new OutboundFrame[FRAMES];

    public DroppableFramesLincheckTests() {
        for (int frame = 0; frame < FRAMES; frame++) {
            OutboundFrame.Kind kind = isPush(frame) ? OutboundFrame.Kind.PUSH : OutboundFrame.Kind.MESSAGE;
            frames[frame] = new OutboundFrame(Unpooled.wrappedBuffer(new byte[1]), kind, null);
        }
    }

    private static boolean isPush(int frame) {
        return frame % 2 == 0;
    }

    private int number(@Nullable OutboundFrame given) {
        for (int frame = 0; frame < FRAMES; frame++) {
            if (frames[frame] == given) {
                return frame;
            }
        }
        return -1;
    }

    @Operation(runOnce = true)
    public void addPush() {
        waiting.add(frames[0]);
    }

    @Operation(runOnce = true)
    public void addMessage() {
        waiting.add(frames[1]);
    }

    @Operation(runOnce = true)
    public void addAnotherPush() {
        waiting.add(frames[2]);
    }

    @Operation
    public int poll() {
        return number(waiting.poll());
    }

    @Operation
    public List<Integer> takePushes(@Param(name = "bytes") int bytes) {
        return waiting.takePushes(bytes).stream().map(this::number).toList();
    }

    @Operation
    public long taken() {
        return waiting.taken();
    }

    @Test
    void behavesAsIfOneChangeCameAfterAnother() {
        ModelChecking.check(DroppableFramesLincheckTests.class, OneList.class);
    }

    /** Without threads in mind, nor the cost. */
    public static final class OneList {

        private final Deque<Integer> frames = new ArrayDeque<>();

        private long taken;

        public void addPush() {
            frames.add(0);
        }

        public void addMessage() {
            frames.add(1);
        }

        public void addAnotherPush() {
            frames.add(2);
        }

        public int poll() {
            Integer first = frames.poll();
            return first == null ? -1 : first;
        }

        public List<Integer> takePushes(int bytes) {
            List<Integer> pushes =
                    frames.stream().filter(DroppableFramesLincheckTests::isPush).toList();
            if (pushes.size() < bytes) {
                return List.of();
            }
            List<Integer> oldest = List.copyOf(pushes.subList(0, bytes));
            frames.removeAll(oldest);
            taken += bytes;
            return oldest;
        }

        public long taken() {
            return taken;
        }
    }
}
