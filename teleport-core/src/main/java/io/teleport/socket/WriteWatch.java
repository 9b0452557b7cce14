package io.teleport.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices a peer that has stopped reading: bytes wait, and none left for a whole timeout. Confined to the event loop; its timer runs only while
 * bytes wait.
 */
final class WriteWatch {

    private final GuardedSocket socket;

    private final Channel channel;

    private final OutboundQueue queue;

    private final Duration timeout;

    private @Nullable Future<?> timer;

    private Progress last = Progress.NONE;

    WriteWatch(GuardedSocket socket, Channel channel, OutboundQueue queue, Duration timeout) {
        this.socket = socket;
        this.channel = channel;
        this.queue = queue;
        this.timeout = timeout;
    }

    /** After a flush: begins to watch if the network did not take everything at once. */
    void flushed() {
        if (timer == null && progress().waits()) {
            schedule();
        }
    }

    private void schedule() {
        last = progress();
        timer = channel.eventLoop().schedule(this::check, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        timer = null;
        Progress now = progress();
        if (!now.waits()) {
            return;
        }
        if (now.equals(last)) {
            socket.abort(
                    CloseReason.FRAME_TIMEOUT,
                    "the other side took none of " + queue.waitingBytes() + " waiting bytes within " + timeout);
            return;
        }
        schedule();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        last = Progress.NONE;
    }

    private Progress progress() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        Object current = buffer == null ? null : buffer.current();
        if (buffer == null || current == null) {
            return Progress.NONE;
        }
        return new Progress(socket.traffic().bytesOut(), System.identityHashCode(current), buffer.currentProgress());
    }

    /**
     * Where the network is. Whatever it takes changes this; what writers add behind does not, so a peer that has stopped reading is noticed however
     * long they go on.
     *
     * @param batches bytes of the batches it took whole
     * @param frame identity of the frame it is at
     * @param bytes how much of that frame it took
     */
    private record Progress(long batches, int frame, long bytes) {

        static final Progress NONE = new Progress(-1, 0, 0);

        boolean waits() {
            return batches >= 0;
        }
    }
}
