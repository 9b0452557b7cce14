package io.teleport.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;

/**
 * A message as it was read from a connection: its header, and its body as bytes that no codec has looked at yet.
 *
 * <p>Whoever receives a message owns its body and calls {@link #release()} once.
 */
public final class Message {

    private final MessageHeader header;

    private final ByteBuf body;

    private final int size;

    /**
     * @param header the header
     * @param body the body, owned by the new message
     * @param size bytes of the whole frame on the wire
     */
    public Message(MessageHeader header, ByteBuf body, int size) {
        this.header = header;
        if (body.isReadable()) {
            this.body = body;
        } else {
            // A message may be kept for long; nothing of it must not hold the buffer it was received in.
            body.release();
            this.body = Unpooled.EMPTY_BUFFER;
        }
        this.size = size;
    }

    public MessageHeader header() {
        return header;
    }

    /** The body after the transfer filters, before the codec. Not readable beyond {@link #release()}. */
    public ByteBuf body() {
        return body;
    }

    /** Bytes of the whole frame on the wire. */
    public int size() {
        return size;
    }

    /** Gives the body's memory back. */
    public void release() {
        ReferenceCountUtil.release(body);
    }

    /** For logs: no status text, metadata or body, which may be secret, and are as long as the other side likes. */
    @Override
    public String toString() {
        return header.type() + " " + header.sequence() + " '" + LogText.of(header.serviceMethod()) + "', " + size
                + " bytes";
    }
}
