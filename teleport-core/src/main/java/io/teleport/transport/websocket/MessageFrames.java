package io.teleport.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;
import io.teleport.transport.CloseNotice;
import io.teleport.transport.MessageEvent;
import io.teleport.transport.MessageTerms;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket: messages of Teleport to messages of WebSocket and back, pings, and the closing handshake.
 *
 * <p>A close by this side sends the close frame. It waits for that of the other side, up to {@link #LINGER}, only if it is patient, or
 * answers a violation, and only if the network took the frame at once; so nobody can delay the end of a connection by not reading.
 */
final class MessageFrames extends ChannelDuplexHandler implements FrameReader.Sink {

    /** How long the other side has for its close frame. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final FrameReader reader;

    private final FrameWriter writer;

    private final Pongs pongs;

    private final PingTimer pings;

    private final LingeringClose closing = new LingeringClose();

    private @Nullable ChannelHandlerContext ctx;

    /** Bytes of an unfinished message that those behind were last told of. */
    private int toldWaiting;

    /** The code of the other side's close frame, or 0. */
    private int receivedCode;

    /** The close code for the rule that the other side broke, or 0. */
    private int violatedCode;

    private MessageFrames(Channel channel, boolean accepted, WebSocketOptions options) {
        int limit = MessageTerms.of(channel).limit();
        this.reader = new FrameReader(channel.alloc(), accepted, limit, this);
        this.writer = new FrameWriter(!accepted);
        this.pongs = new Pongs(writer);
        this.pings = new PingTimer(writer, options.pingInterval());
    }

    static MessageFrames accepted(Channel channel, WebSocketOptions options) {
        return new MessageFrames(channel, true, options);
    }

    static MessageFrames dialed(Channel channel, WebSocketOptions options) {
        return new MessageFrames(channel, false, options);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
        pings.start(added);
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        if (!(read instanceof ByteBuf bytes) || !reads()) {
            ReferenceCountUtil.release(read);
            return;
        }
        pings.heard();
        try {
            reader.read(bytes);
        } catch (FrameViolation e) {
            violated(context, e);
        }
        int waiting = reads() ? reader.waiting() : 0;
        if (waiting > 0 || toldWaiting > 0) {
            toldWaiting = waiting;
            context.fireUserEventTriggered(new MessageEvent.Partial(waiting));
        }
    }

    private void violated(ChannelHandlerContext context, FrameViolation violation) {
        violatedCode = violation.code();
        reader.end();
        if (closing.hasBegun()) {
            closing.finish(context);
        } else if (violation.code() == CloseCode.TOO_BIG) {
            context.fireExceptionCaught(new TooLongFrameException(violation.getMessage()));
        } else {
            context.fireExceptionCaught(new CorruptedFrameException(violation.getMessage()));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!closing.hasBegun()) {
            pongs.send(context);
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void message(ByteBuf payload, boolean text) {
        if (closing.hasBegun()) {
            payload.release();
        } else {
            writer.prefersText(text);
            ctx().fireChannelRead(payload);
        }
    }

    @Override
    public void ping(ByteBuf payload) {
        pongs.asked(payload);
    }

    @Override
    public void closed(int code, String text) {
        receivedCode = code;
        if (closing.hasBegun()) {
            closing.finish(ctx());
        } else {
            ctx().fireUserEventTriggered(new MessageEvent.Left(CloseCode.describe(code, text)));
        }
    }

    @Override
    public boolean reads() {
        return receivedCode == 0 && violatedCode == 0;
    }

    /** Buffers that hold nothing are no messages; they tell their writer that all before them was written. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf payload) || !payload.isReadable()) {
            context.write(message, promise);
        } else if (closing.hasBegun()) {
            payload.release();
            promise.tryFailure(new ClosedChannelException());
        } else {
            writer.message(context, payload, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!closing.begin(promise)) {
            return;
        }
        pings.stop();
        CloseNotice notice = CloseNotice.of(context.channel());
        boolean waits = (notice.patient() || violatedCode != 0) && receivedCode == 0;
        if (context.channel().isActive() && sayGoodbye(context, notice) && waits) {
            closing.linger(context, LINGER);
        } else {
            closing.finish(context);
        }
    }

    /** Whether the network took it at once. */
    private boolean sayGoodbye(ChannelHandlerContext context, CloseNotice notice) {
        return writer.control(context, FrameHeader.CLOSE, payload -> {
                    if (receivedCode != 0) {
                        CloseCode.write(receivedCode, "", payload);
                    } else {
                        CloseCode.write(violatedCode != 0 ? violatedCode : notice.code(), notice.text(), payload);
                    }
                })
                .isSuccess();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing.finish(context);
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        pings.stop();
        pongs.end();
        reader.end();
    }
}
