package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.teleport.message.Message;
import io.teleport.protocol.MessageTooLargeException;
import io.teleport.protocol.ProtocolException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading half of a socket: collects bytes until a frame is whole, has it decoded, and hands the message to the owner. Confined to the event
 * loop. Holds memory only for bytes that arrived, and none between frames (G7).
 */
final class InboundFrames extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(InboundFrames.class);

    private final Function<Channel, GuardedSocket> socketFactory;

    private final SocketRegistry registry;

    private final Duration frameTimeout;

    private final Consumer<GuardedSocket> onOpen;

    private @Nullable GuardedSocket socket;

    private @Nullable FrameTimer timer;

    /** Bytes of a frame that is not whole yet. */
    private @Nullable ByteBuf partial;

    InboundFrames(
            Function<Channel, GuardedSocket> socketFactory,
            SocketRegistry registry,
            Duration frameTimeout,
            Consumer<GuardedSocket> onOpen) {
        this.socketFactory = socketFactory;
        this.registry = registry;
        this.frameTimeout = frameTimeout;
        this.onOpen = onOpen;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            open(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        open(ctx);
        ctx.fireChannelActive();
    }

    private void open(ChannelHandlerContext ctx) {
        if (socket != null) {
            return;
        }
        GuardedSocket opened = socketFactory.apply(ctx.channel());
        socket = opened;
        timer = new FrameTimer(opened, ctx.executor(), frameTimeout);
        registry.opened(opened);
        onOpen.accept(opened);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        GuardedSocket current = socket;
        SocketListener listener = current == null ? null : current.listener();
        if (!(read instanceof ByteBuf bytes) || current == null || listener == null) {
            io.netty.util.ReferenceCountUtil.release(read);
            return;
        }
        current.traffic().received(bytes.readableBytes());
        ByteBuf in =
                partial == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), partial, bytes);
        partial = in;
        try {
            decode(current, listener, in);
        } catch (MessageTooLargeException e) {
            current.abort(CloseReason.FRAME_TOO_LARGE, ErrorText.of(e));
        } catch (ProtocolException e) {
            current.abort(CloseReason.PROTOCOL_ERROR, ErrorText.of(e));
        } catch (RuntimeException e) {
            log.error("{}: protocol failed on received bytes", current, e);
            current.abort(
                    CloseReason.PROTOCOL_ERROR,
                    "internal error of the protocol: " + e.getClass().getSimpleName());
        } finally {
            keepRest(ctx, current, in);
        }
    }

    private void decode(GuardedSocket current, SocketListener listener, ByteBuf in) {
        while (current.state() == SocketState.OPEN) {
            int before = in.readerIndex();
            Message message = in.isReadable() ? current.codec().decode(in) : null;
            if (in.readerIndex() != before && timer != null) {
                timer.progress();
            }
            if (message == null) {
                return;
            }
            current.traffic().receivedFrame();
            listener.onMessage(message);
        }
    }

    private void keepRest(ChannelHandlerContext ctx, GuardedSocket current, ByteBuf in) {
        boolean wanted = in.isReadable() && current.state() == SocketState.OPEN;
        if (!wanted) {
            partial = null;
            in.release();
        } else if (in.readableBytes() < in.capacity() / 4) {
            // A few bytes must not hold a receive buffer of many.
            partial = ctx.alloc().buffer(in.readableBytes()).writeBytes(in);
            in.release();
        } else if (in.refCnt() == 1) {
            // Only while no message still points into it.
            in.discardSomeReadBytes();
        }
        FrameTimer frameTimer = timer;
        if (frameTimer != null) {
            frameTimer.waiting(partial == null ? 0 : partial.readableBytes());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (partial != null) {
            partial.release();
            partial = null;
        }
        if (timer != null) {
            timer.stop();
        }
        if (socket != null) {
            socket.channelGone();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        if (socket == null) {
            log.debug("{}: failed before its socket was open", ctx.channel(), failure);
            ctx.close();
            return;
        }
        if (!(failure instanceof java.io.IOException)) {
            log.error("{}: unexpected failure", socket, failure);
        }
        socket.failed(failure);
    }
}
