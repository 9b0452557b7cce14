package io.teleport.session;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.teleport.codec.BodyTransform;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.socket.CloseReason;
import io.teleport.transport.LoopTime;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A CALL or PUSH of the other side that is being handled. Bound to the connection it came from: its reply goes there or nowhere (G2).
 */
public final class Inbound {

    /** In place of a deadline, where there is none. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final int ANSWERED = 1;

    private static final int RELEASED = 2;

    private static final int DONE = 4;

    private final Link link;

    private final IncomingMessage message;

    /** Counts what came over the connection. */
    private final int number;

    private final long arrivedNanos;

    /** As received or after decompression, whichever is more. */
    private long heldBytes;

    /** Owned by this. */
    private ByteBuf body;

    /** Which of the three ends there were. */
    private final AtomicInteger ends = new AtomicInteger();

    private volatile long deadlineNanos = NO_DEADLINE;

    private volatile @Nullable InboundWatcher watcher;

    Inbound(Link link, Message raw, int number) {
        this.link = link;
        this.number = number;
        this.arrivedNanos = nanoTime();
        this.body = raw.body();
        this.heldBytes = Math.max(raw.size(), body.readableBytes());
        LiveSession session = link.session();
        this.message = new IncomingMessage(
                session,
                session.environment().bodies(),
                raw.header(),
                raw.header().serviceMethod(),
                raw.size());
    }

    public IncomingMessage message() {
        return message;
    }

    /** The body as received, or as changed by {@link #changeBody()}; readable until {@link #releaseBody()} or {@link #done()}. */
    public ByteBuf body() {
        return body;
    }

    /** Changes the body as hooks asked for. Once, before the body is decoded. */
    public void changeBody() {
        BodyTransform transform = message.bodyTransform();
        if (transform == null) {
            return;
        }
        ByteBuf received = body;
        body = message.bodies().change(received, transform);
        received.release();
        long more = body.readableBytes() - heldBytes;
        if (more > 0) {
            link.holdsMore(more);
            heldBytes += more;
        }
    }

    /** The event loop of the connection it came from. */
    public EventExecutor eventLoop() {
        return link.eventLoop();
    }

    /** This moment, by the clock of the connection. */
    public long nanoTime() {
        return LoopTime.nanoTime(link.eventLoop());
    }

    /** {@link #nanoTime()} of its arrival. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /**
     * Writes a REPLY to the connection the CALL came from.
     *
     * @return OK if it was accepted for sending
     * @throws RuntimeException if it cannot be packed; nothing was sent
     */
    public Status write(OutgoingMessage reply, BodyWriter body) {
        return link.write(reply, body, null, 0);
    }

    /**
     * Answers a CALL with a status and nothing else, even if the outbound queue is full.
     *
     * @return OK if it was accepted for sending, else 102
     */
    public Status answer(Status status) {
        return link.parting()
                .answer(new MessageHeader(
                        message.header().sequence(),
                        MessageType.REPLY.id(),
                        "",
                        status,
                        Metadata.empty(),
                        0,
                        FilterIds.none()));
    }

    /** Closes the connection the message came from at once, because of what it holds. */
    public void abortConnection(String detail) {
        link.socket().abort(CloseReason.PROTOCOL_ERROR, detail);
    }

    /**
     * What the dispatcher keeps for the connection this message came from, made on first use. Only on the event loop, while dispatching.
     */
    public Object connectionState(Supplier<?> initial) {
        return link.dispatcherState(initial);
    }

    /**
     * Has the watcher told when the deadline passes and when the connection ends, until {@link #done()}; after the deadline it is told no more. A later
     * call changes the deadline.
     *
     * @param newDeadlineNanos on the scale of {@link #nanoTime()}, or {@link #NO_DEADLINE}
     */
    public void watch(InboundWatcher newWatcher, long newDeadlineNanos) {
        watcher = newWatcher;
        deadlineNanos = newDeadlineNanos;
        link.watched().add(this);
    }

    /** Whether the connection the message came from has ended. */
    public boolean isConnectionEnded() {
        return link.watched().isEnded();
    }

    /** Runs something of the user's that must not run on an event loop. Never refused. */
    public void runLater(Runnable task) {
        link.session().environment().completions().execute(task);
    }

    /** The CALL has its answer, though its handler may still run: a graceful close waits for it no longer. Repeatable. */
    public void answered() {
        if (isFirst(ANSWERED)) {
            link.workEnded();
        }
    }

    /** Nobody reads the body any more: gives its memory back. Repeatable. */
    public void releaseBody() {
        if (isFirst(RELEASED)) {
            link.holdsMore(-heldBytes);
            body.release();
        }
    }

    /**
     * Handling has ended, the reply is on its way. Gives back the body's memory and the place among those that are handled at once.
     *
     * @return whether this is the first time
     */
    public boolean done() {
        if (!isFirst(DONE)) {
            return false;
        }
        try {
            if (watcher != null) {
                link.watched().remove(this);
            }
            releaseBody();
        } finally {
            link.handlerEnded();
            answered();
        }
        return true;
    }

    private boolean isFirst(int end) {
        return (ends.getAndAccumulate(end, (ends, one) -> ends | one) & end) == 0;
    }

    /**
     * The place among all that came over the connection, so that a set of them is gone through in the same order each time. Not the sequence of the
     * message: the other side may give all the same, and make each look-up slow.
     */
    @Override
    public int hashCode() {
        return number;
    }

    long heldBytes() {
        return heldBytes;
    }

    boolean isDone() {
        return (ends.get() & DONE) != 0;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    InboundWatcher watcher() {
        return Objects.requireNonNull(watcher, "whoever is watched has a watcher");
    }
}
