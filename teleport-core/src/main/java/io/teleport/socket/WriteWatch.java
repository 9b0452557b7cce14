package io.teleport.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Notices a peer that has stopped reading: bytes wait, and none left for a whole timeout. Confined to the event loop; its timer runs only while
 * bytes wait.
 */
final class WriteWatch {

    private final GuardedSocket socket;

    private final Channel channel;

    private final OutboundQueue queue;

    private final Duration timeout;

    private boolean watching;

    private long lastPending;

    WriteWatch(GuardedSocket socket, Channel channel, OutboundQueue queue, Duration timeout) {
        this.socket = socket;
        this.channel = channel;
        this.queue = queue;
        this.timeout = timeout;
    }

    /** After a flush: begins to watch if the network did not take everything at once. */
    void flushed() {
        if (!watching && pending() > 0) {
            watching = true;
            lastPending = progress();
            schedule();
        }
    }

    private void schedule() {
        channel.eventLoop().schedule(this::check, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        if (pending() == 0 || socket.isClosed()) {
            watching = false;
            return;
        }
        long now = progress();
        if (now == lastPending) {
            socket.abort(
                    CloseReason.FRAME_TIMEOUT,
                    "the other side took none of " + queue.waitingBytes() + " waiting bytes within " + timeout);
            return;
        }
        lastPending = now;
        schedule();
    }

    private long pending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Changes whenever the network takes a byte: batches done, and bytes of the frame that is being written. */
    private long progress() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : socket.traffic().bytesOut() + buffer.currentProgress() - buffer.size();
    }
}
