package io.teleport.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers pings. One answer at a time is under way and only the last ping behind it is answered, as RFC 6455 (section 5.5.3) allows; so pings of a side
 * that does not read pile up nothing. Confined to the event loop.
 */
final class Pongs {

    private final FrameWriter writer;

    /** What the last unanswered ping held. */
    private byte @Nullable [] asked;

    private boolean underWay;

    Pongs(FrameWriter writer) {
        this.writer = writer;
    }

    void asked(ByteBuf payload) {
        asked = ByteBufUtil.getBytes(payload);
    }

    /** Answers what was asked, unless the answer before is still under way. */
    void send(ChannelHandlerContext ctx) {
        byte[] answer = asked;
        if (answer == null || underWay) {
            return;
        }
        asked = null;
        underWay = true;
        writer.control(ctx, FrameHeader.PONG, payload -> payload.writeBytes(answer))
                .addListener(written -> {
                    underWay = false;
                    if (written.isSuccess()) {
                        send(ctx);
                    }
                });
    }

    void end() {
        asked = null;
    }
}
