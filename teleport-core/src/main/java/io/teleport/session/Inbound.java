package io.teleport.session;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.BodyTransform;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.socket.CloseReason;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A CALL or PUSH of the other side that is being handled. Bound to the connection it came from: its reply goes there or nowhere (G2).
 */
public final class Inbound {

    private final Link link;

    private final IncomingMessage message;

    private final long arrivedNanos = System.nanoTime();

    /** As received or after decompression, whichever is more. */
    private long heldBytes;

    /** Owned by this. */
    private ByteBuf body;

    private final AtomicBoolean done = new AtomicBoolean();

    Inbound(Link link, Message raw) {
        this.link = link;
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

    /** The body as received, or as changed by {@link #changeBody()}; readable until {@link #done()}. */
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

    /** {@link System#nanoTime()} of its arrival. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /**
     * Writes a REPLY to the connection the CALL came from.
     *
     * @return OK if it was accepted for sending
     * @throws RuntimeException if it cannot be packed; nothing was sent
     */
    public Status write(MessageHeader header, BodyWriter body) {
        return link.write(header, body, null);
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

    /** Handling has ended, the reply is on its way. Gives the body's memory back; calls after the first have no effect. */
    public void done() {
        if (done.compareAndSet(false, true)) {
            try {
                body.release();
            } finally {
                link.handlerEnded(heldBytes);
            }
        }
    }

    long heldBytes() {
        return heldBytes;
    }

    boolean isDone() {
        return done.get();
    }
}
