package io.teleport.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the size of a frame comes from. A fuzzer hardly ever guesses a size that fits, and one that does not fit hides all that is behind it; so in
 * front of a frame with a size stands one byte more, and if that is even the size is made true.
 */
enum FrameSize {
    /** There is none. */
    NONE(0),
    /** In the first four bytes, which count. */
    COUNTS_ITSELF(0),
    /** In the first four bytes, which do not count. */
    COUNTS_THE_REST(4);

    private static final int BYTES = 4;

    private final int uncounted;

    FrameSize(int uncounted) {
        this.uncounted = uncounted;
    }

    byte[] toInput(byte[] frame) {
        if (this == NONE) {
            return frame;
        }
        byte[] input = new byte[frame.length + 1];
        System.arraycopy(frame, 0, input, 1, frame.length);
        return input;
    }

    byte[] toFrame(byte[] input) {
        if (this == NONE || input.length == 0) {
            return input;
        }
        byte[] frame = Arrays.copyOfRange(input, 1, input.length);
        if (frame.length >= BYTES && input[0] % 2 == 0) {
            ByteBuffer.wrap(frame).putInt(frame.length - uncounted);
        }
        return frame;
    }
}
