package io.teleport.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import io.teleport.message.Status;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing half of a socket. Any thread offers packed frames; the event loop drains the queue, once for all that came since its last turn, and
 * flushes once.
 */
final class SocketWriter {

    /** Bytes after which a drain gives the network a batch of its own, so that room in the queue is given back step by step. */
    private static final int BATCH_BYTES = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(SocketWriter.class);

    private final GuardedSocket socket;

    private final Channel channel;

    private final SocketSettings settings;

    private final OutboundQueue queue;

    private final OutboundGate gate;

    private final WriteWatch watch;

    private final AtomicBoolean drainScheduled = new AtomicBoolean();

    /** One object for the life of the socket, so that scheduling a drain allocates nothing. */
    private final Runnable drain = this::drain;

    /** While frames are being handed over. On the event loop. */
    private boolean draining;

    /** Once last words were said. On the event loop. */
    private @Nullable Farewell farewell;

    SocketWriter(GuardedSocket socket, Channel channel, SocketSettings settings) {
        this.socket = socket;
        this.channel = channel;
        this.settings = settings;
        this.queue = new OutboundQueue(settings.outboundLimit(), settings.outboundPolicy());
        this.gate = new OutboundGate(socket, queue, settings.outboundPolicy());
        // What the channel holds cannot be taken back, so it gets no more than it needs to be kept busy.
        int atOnce = (int) Math.min(BATCH_BYTES, settings.outboundLimit() / 2);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(atOnce / 2, atOnce));
        this.watch = new WriteWatch(socket, channel, queue, settings.frameTimeout());
    }

    /**
     * Takes over the frame, whether it is accepted or refused.
     *
     * @param waitNanos how long the caller may be kept waiting for room, if that is the policy
     */
    Status offer(OutboundFrame frame, int extraRoom, long waitNanos) {
        Status refusal = gate.admit(frame.size(), extraRoom, waitNanos);
        if (refusal != null) {
            frame.content().release();
            return refusal;
        }
        queue.add(frame);
        // The drain comes after the frame and looks at the state, so a frame that slipped in behind a close is found
        // and failed.
        scheduleDrain();
        if (socket.isClosed()) {
            // The event loop may have ended together with the drain it had taken over.
            failWaiting();
        }
        return Status.OK;
    }

    private void scheduleDrain() {
        if (drainScheduled.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(drain);
            } catch (RejectedExecutionException e) {
                // The event loop has ended, and every channel on it is closed: nobody else will come for these frames.
                drainScheduled.set(false);
                failWaiting();
            }
        }
    }

    private void drain() {
        drainScheduled.set(false);
        if (socket.isClosed()) {
            failWaiting();
        } else if (!draining) {
            draining = true;
            try {
                handOver();
            } finally {
                draining = false;
            }
        }
    }

    private void handOver() {
        while (queue.hasFrames() && channelTakes()) {
            Batch batch = new Batch();
            while (channelTakes()) {
                OutboundFrame frame = queue.poll();
                if (frame == null) {
                    break;
                }
                batch.add(frame);
            }
            if (batch.finish()) {
                channel.flush();
                watch.flushed();
            }
        }
    }

    /**
     * Not once it is closed: its end is about to be told, and with it why the frames that are left did not leave. While it is being closed it takes
     * all there are.
     */
    private boolean channelTakes() {
        return channel.isOpen() && (channel.isWritable() || socket.state() == SocketState.CLOSING);
    }

    /** On the event loop, when the channel may take more, or has enough. */
    void writabilityChanged() {
        // This may come from within a hand-over, which then goes on by itself.
        if (channel.isWritable()) {
            drain();
        }
    }

    /** Writes are not accepted any more. */
    void closing() {
        queue.line().close();
    }

    /** On the event loop, when the channel is gone. */
    void channelGone() {
        closing();
        watch.stop();
        failWaiting();
        queue.writability().end();
    }

    /** Fails every frame that no drain has taken. Safe on any thread. */
    private void failWaiting() {
        for (OutboundFrame frame = queue.poll(); frame != null; frame = queue.poll()) {
            queue.giveBack(frame.size());
            frame.discard(socket.closedStatus());
        }
    }

    void closeAfterDrain() {
        try {
            channel.eventLoop().execute(() -> {
                drain();
                Future<?> limit = channel.eventLoop()
                        .schedule(
                                (Runnable) channel::close,
                                settings.closeTimeout().toMillis(),
                                TimeUnit.MILLISECONDS);
                channel.closeFuture().addListener(done -> limit.cancel(false));
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> channel.close());
            });
        } catch (RejectedExecutionException e) {
            // The event loop has ended and has closed the channel.
            channel.close();
        }
    }

    void closeAfterLastWords(byte[] lastWords) {
        try {
            channel.eventLoop().execute(() -> {
                drain();
                farewell =
                        Farewell.say(lastWords, channel, settings.closeTimeout().toMillis());
            });
        } catch (RejectedExecutionException e) {
            // The event loop has ended and has closed the channel.
            channel.close();
        }
    }

    /** On the event loop. */
    void dropped(int bytes) {
        Farewell current = farewell;
        if (current != null) {
            current.heard(bytes);
        }
    }

    void runOnLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The event loop has ended and has closed the channel: there is nothing left to run it for.
            log.debug("{}: its event loop has ended", socket);
        }
    }

    long waitingBytes() {
        return queue.waitingBytes();
    }

    /** Pushes that were accepted, and dropped before their turn. */
    long droppedFrames() {
        return gate.dropped();
    }

    boolean isWritable() {
        return queue.writability().isWritable();
    }

    void whenWritable(Runnable callback) {
        queue.writability().whenWritable(callback);
    }

    /** Frames handed to the channel together: one promise, on the last of them, speaks for all. Channels complete writes in order. */
    private final class Batch {

        private @Nullable OutboundFrame held;

        private int frames;

        private long bytes;

        private boolean wrote;

        void add(OutboundFrame next) {
            OutboundFrame previous = held;
            held = next;
            if (previous != null) {
                if (bytes >= BATCH_BYTES) {
                    write(previous, endOfBatch());
                } else {
                    write(previous, null);
                }
            }
            frames += next.isMessage() ? 1 : 0;
            bytes += next.size();
        }

        boolean finish() {
            OutboundFrame last = held;
            if (last != null) {
                write(last, endOfBatch());
                held = null;
            }
            return wrote;
        }

        private ChannelPromise endOfBatch() {
            int batchFrames = frames;
            long batchBytes = bytes;
            frames = 0;
            bytes = 0;
            ChannelPromise promise = channel.newPromise();
            promise.addListener(done -> {
                queue.giveBack(batchBytes);
                if (done.isSuccess()) {
                    socket.traffic().sent(batchFrames, batchBytes);
                } else {
                    socket.failed(done.cause());
                }
            });
            return promise;
        }

        private void write(OutboundFrame frame, @Nullable ChannelPromise endOfBatch) {
            wrote = true;
            WriteListener listener = frame.writtenListener();
            if (endOfBatch == null && listener == null) {
                channel.write(frame.content(), channel.voidPromise());
                return;
            }
            ChannelFuture written =
                    endOfBatch == null ? channel.write(frame.content()) : channel.write(frame.content(), endOfBatch);
            if (listener != null) {
                written.addListener(done -> listener.written(done.isSuccess() ? Status.OK : socket.closedStatus()));
            }
        }
    }
}
