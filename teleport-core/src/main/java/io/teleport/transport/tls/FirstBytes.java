package io.teleport.transport.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands before the encryption until the first bytes have come, so that those of someone who does not speak TLS can be shown. */
final class FirstBytes extends ChannelInboundHandlerAdapter {

    private static final int SHOWN = 16;

    private String text = "nothing";

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        if (read instanceof ByteBuf bytes) {
            text = quote(bytes);
            ctx.pipeline().remove(this);
        }
        ctx.fireChannelRead(read);
    }

    private static String quote(ByteBuf bytes) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(SHOWN, bytes.readableBytes()); i++) {
            int value = bytes.getUnsignedByte(bytes.readerIndex() + i);
            quoted.append(value >= ' ' && value < 0x7f ? (char) value : '.');
        }
        return quoted.append(bytes.readableBytes() > SHOWN ? "\"..." : "\"").toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
