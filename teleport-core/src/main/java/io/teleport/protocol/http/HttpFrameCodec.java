package io.teleport.protocol.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.BodyWriter;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.MessageFilters;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection that speaks {@link HttpProtocol}. */
final class HttpFrameCodec implements FrameCodec {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ProtocolContext context;

    private final MessageFilters filters;

    private final ContentCodings codings;

    private final MessageWriter writer;

    private final Conversation conversation;

    /** Of the message that is being received. On the event loop. */
    private MessageScan scan;

    private boolean toldToContinue;

    HttpFrameCodec(ProtocolContext context) {
        this.context = context;
        this.filters = new MessageFilters("http", context);
        this.codings = new ContentCodings(context.filters());
        this.writer = new MessageWriter(filters, codings);
        this.conversation = new Conversation(context.connection());
        this.scan = new MessageScan(context.messageLimit());
    }

    // Reading.

    @Override
    public @Nullable Message decode(ByteBuf in) {
        if (conversation.isEnding()) {
            in.skipBytes(in.readableBytes());
            return null;
        }
        if (!in.isReadable() || !conversation.mayRead()) {
            return null;
        }
        try {
            return read(in);
        } catch (ProtocolException e) {
            // Only who asked gets an answer.
            throw context.accepted() && !scan.isResponse(in) ? Refusal.answered(e) : Refusal.silent(e);
        }
    }

    private @Nullable Message read(ByteBuf in) {
        if (scan.isUntouched()) {
            skipLineEnds(in);
        }
        while (scan.isWhole(in)) {
            Head head = scan.wholeHead();
            if (head.start().isInterim()) {
                next(in);
            } else {
                return message(head, in);
            }
        }
        Head head = scan.head();
        if (head != null && head.expectsContinue() && !toldToContinue && scan.waitsForBody(in)) {
            toldToContinue = true;
            context.connection().send(Unpooled.wrappedBuffer(CONTINUE));
        }
        return null;
    }

    /** Some clients send one too many behind a body. */
    private static void skipLineEnds(ByteBuf in) {
        while (in.isReadable() && (in.getByte(in.readerIndex()) == '\r' || in.getByte(in.readerIndex()) == '\n')) {
            in.skipBytes(1);
        }
    }

    private Message message(Head head, ByteBuf in) {
        FilterIds ids = codings.of(head);
        int size = scan.size();
        ByteBuf received = scan.takeBody(in, context.allocator());
        ByteBuf body;
        try {
            body = received.isReadable() ? filters.undo(ids, received) : received.retain();
        } finally {
            received.release();
        }
        boolean taken = false;
        try {
            Message message =
                    head.start().isResponse() ? response(head, ids, body, size) : request(head, ids, body, size);
            taken = true;
            next(in);
            return message;
        } finally {
            if (!taken) {
                body.release();
            }
        }
    }

    private void next(ByteBuf in) {
        in.skipBytes(scan.size());
        scan = new MessageScan(context.messageLimit());
        toldToContinue = false;
    }

    private Message request(Head head, FilterIds ids, ByteBuf body, int size) {
        int type = head.type(MessageType.CALL.id());
        if (type != MessageType.CALL.id() && type != MessageType.AUTH_CALL.id()) {
            throw Refusal.BAD_REQUEST.because("X-Mtype " + type + " is that of no request (expected 1 or 4)");
        }
        int sequence = head.sequence();
        int codec = head.isTeleport()
                ? Math.max(0, MediaTypes.codec(head.contentType()))
                : RequestReading.codec(head, body);
        MessageHeader header = new MessageHeader(
                sequence,
                type,
                head.start().path(),
                Status.OK,
                head.isTeleport() ? head.metadata() : RequestReading.metadata(head, codec),
                codec,
                head.isTeleport() || head.acceptsGzip() ? ids : FilterIds.none());
        conversation.asked(head);
        return new Message(header, body, size);
    }

    private static Message response(Head head, FilterIds ids, ByteBuf body, int size) {
        int type = head.type(MessageType.REPLY.id());
        if (type != MessageType.REPLY.id() && type != MessageType.AUTH_REPLY.id()) {
            throw new ProtocolException("http: X-Mtype " + type + " is that of no response (expected 2 or 5)");
        }
        boolean ok = head.start().status() == 200;
        Status status = ok ? Status.OK : status(body);
        MessageHeader header = new MessageHeader(
                head.sequence(),
                type,
                "",
                status,
                head.metadata(),
                Math.max(0, MediaTypes.codec(head.contentType())),
                ids);
        if (ok) {
            return new Message(header, body, size);
        }
        body.release();
        return new Message(header, Unpooled.EMPTY_BUFFER, size);
    }

    private static Status status(ByteBuf body) {
        try {
            return Status.parseJson(body.toString(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("http: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isPaused() {
        return conversation.isPaused();
    }

    // Writing.

    @Override
    public void encode(MessageHeader header, BodyWriter body, ByteBuf out) {
        int start = out.writerIndex();
        switch (header.type()) {
            case CALL, AUTH_CALL -> {
                if (!conversation.isWithTeleport()) {
                    throw new EncodeException("http: the other side is no Teleport peer and takes no calls");
                }
                writer.writeRequest(header, body, out);
            }
            case REPLY, AUTH_REPLY -> writer.writeResponse(header, body, conversation.connectionHeader(header), out);
            default ->
                throw new EncodeException("http: unsupported message type: " + header.typeId() + " ("
                        + header.type().text() + ")");
        }
        int size = out.writerIndex() - start;
        context.requireWithinLimit(size);
    }

    @Override
    public void accepted(MessageHeader header) {
        MessageType type = header.type();
        if (type == MessageType.REPLY || type == MessageType.AUTH_REPLY) {
            conversation.answered(header);
        }
    }
}
