package io.teleport.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Messages and control frames to bytes, each in a single frame. Confined to the event loop. */
final class FrameWriter {

    /** Whether this side masks its frames. */
    private final boolean masks;

    private boolean prefersText;

    FrameWriter(boolean masks) {
        this.masks = masks;
    }

    /** What is written from now on is text where it can be, or else binary. */
    void prefersText(boolean text) {
        prefersText = text;
    }

    /**
     * Writes a message.
     *
     * @param payload owned by this method, and by nobody else: it may be masked in place
     * @param promise told of the whole frame
     */
    void message(ChannelHandlerContext ctx, ByteBuf payload, ChannelPromise promise) {
        boolean text = prefersText && Utf8.isValid(payload);
        ByteBuf header = ctx.alloc().ioBuffer(FrameHeader.LONGEST);
        mask(text ? FrameHeader.TEXT : FrameHeader.BINARY, payload, header);
        ctx.write(header, ctx.voidPromise());
        ctx.write(payload, promise);
    }

    /** Writes and flushes a control frame, whose payload the given code appends. */
    ChannelFuture control(ChannelHandlerContext ctx, int opcode, Consumer<ByteBuf> content) {
        ByteBuf payload = ctx.alloc().buffer();
        content.accept(payload);
        ByteBuf frame = ctx.alloc().ioBuffer(FrameHeader.LONGEST + payload.readableBytes());
        mask(opcode, payload, frame);
        frame.writeBytes(payload);
        payload.release();
        return ctx.writeAndFlush(frame);
    }

    private void mask(int opcode, ByteBuf payload, ByteBuf header) {
        // What a mask guards against, scripts that choose bytes for proxies to misread, needs no secret here.
        int mask = masks ? ThreadLocalRandom.current().nextInt() : 0;
        FrameHeader frame = new FrameHeader(true, opcode, payload.readableBytes(), mask);
        frame.write(masks, header);
        frame.unmask(payload);
    }
}
