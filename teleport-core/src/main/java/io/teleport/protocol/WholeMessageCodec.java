package io.teleport.protocol;

import io.netty.buffer.ByteBuf;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;

/** No frame at all, for transports that keep messages apart: whatever is readable is one message. Keeps no state. */
public final class WholeMessageCodec implements FrameCodec {

    private final String protocol;

    private final ProtocolContext context;

    private final PayloadCodec payloads;

    /**
     * @param protocol name that begins the text of every {@link ProtocolException}
     * @param context of the connection
     * @param payloads layout of a message
     */
    public WholeMessageCodec(String protocol, ProtocolContext context, PayloadCodec payloads) {
        this.protocol = protocol;
        this.context = context;
        this.payloads = payloads;
    }

    /**
     * Takes a message.
     *
     * @param in exactly one message of the transport
     * @throws ProtocolException also if it is empty, which Go reads as a message of no type
     */
    @Override
    public Message decode(ByteBuf in) {
        int size = in.readableBytes();
        if (size == 0) {
            throw new ProtocolException(protocol + ": message is empty");
        }
        if (size > context.messageLimit()) {
            throw new MessageTooLargeException(
                    protocol + ": message of " + size + " bytes exceeds the message limit of " + context.messageLimit(),
                    null);
        }
        return payloads.read(in.readSlice(size), FilterIds.none(), size);
    }

    @Override
    public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
        int start = out.writerIndex();
        payloads.write(header, body, out);
        int size = out.writerIndex() - start;
        context.requireWithinLimit(size);
    }
}
