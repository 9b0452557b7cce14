package io.teleport.socket;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a frame may stay half received. Confined to the event loop. Frames that arrive whole cost nothing; a timer runs only while part
 * of one is held.
 */
final class FrameTimer {

    private final GuardedSocket socket;

    private final EventExecutor loop;

    private final Duration timeout;

    private @Nullable Future<?> timer;

    private long frameBegan;

    private int held;

    FrameTimer(GuardedSocket socket, EventExecutor loop, Duration timeout) {
        this.socket = socket;
        this.loop = loop;
        this.timeout = timeout;
    }

    /** A frame was finished, or a protocol that reads step by step took bytes: what follows is counted anew. */
    void progress() {
        held = 0;
    }

    /** After each read: this many bytes of an unfinished frame are held. */
    void waiting(int bytes) {
        if (bytes > 0 && held == 0) {
            frameBegan = loop.ticker().nanoTime();
        }
        held = bytes;
        if (held > 0 && timer == null) {
            timer = loop.schedule(this::check, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void check() {
        timer = null;
        if (held == 0) {
            return;
        }
        long left = frameBegan + timeout.toNanos() - loop.ticker().nanoTime();
        if (left > 0) {
            timer = loop.schedule(this::check, left, TimeUnit.NANOSECONDS);
            return;
        }
        socket.abort(
                CloseReason.FRAME_TIMEOUT,
                "frame not whole within " + timeout + ": its first " + held + " bytes came, then not the rest");
    }

    void stop() {
        held = 0;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
