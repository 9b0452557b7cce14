package io.teleport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.teleport.transport.HandshakeEvent;
import io.teleport.transport.MessageEvent;
import io.teleport.transport.MessageTerms;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.local.LocalTransport;
import io.teleport.transport.websocket.WebSocketOptions;
import io.teleport.transport.websocket.WebSocketTransport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds bytes to a WebSocket that a client has just opened, or to one that waits to be opened. Whatever they are, it ends in messages, in waiting for
 * more, in a leave-taking or in a {@link DecoderException}; the same if the bytes come in two parts; memory stays in bounds and is given back.
 */
final class WebSocketTarget {

    private static final int MESSAGE_LIMIT = 64 * 1024;

    private static final TransportAddress ADDRESS = TransportAddress.parse("ws://localhost:80/");

    private static final byte[] UPGRADE = """
            GET / HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);

    private final WebSocketTransport transport =
            new WebSocketTransport("ws", new LocalTransport(), WebSocketOptions.defaults());

    private final boolean upgraded;

    WebSocketTarget(boolean upgraded) {
        this.upgraded = upgraded;
    }

    /** A request to be opened, as browsers make it. */
    static byte[] upgrade() {
        return UPGRADE.clone();
    }

    void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<String> whole = feed(input, input.length);
        if (upgraded && input.length > 1) {
            int part = 1 + (input[input.length / 2] & 0xff) % (input.length - 1);
            assertThat(feed(input, part)).as("outcome of two parts").isEqualTo(whole);
        }
    }

    private List<String> feed(byte[] input, int firstPart) {
        CountingAllocator allocator = new CountingAllocator(16L * MESSAGE_LIMIT + 4L * input.length);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        new MessageTerms("json", MESSAGE_LIMIT).keepWith(channel);
        transport.equip(channel, ADDRESS, true);
        Outcome outcome = new Outcome();
        channel.pipeline().addLast(outcome);
        if (upgraded) {
            channel.writeInbound(Unpooled.wrappedBuffer(UPGRADE));
            assertThat(outcome.seen).containsExactly("open");
        }
        receive(channel, input, 0, firstPart);
        receive(channel, input, firstPart, input.length);
        channel.finishAndReleaseAll();
        assertThat(allocator.held()).as("bytes not given back").isZero();
        return outcome.seen;
    }

    private static void receive(EmbeddedChannel channel, byte[] input, int from, int to) {
        if (channel.isOpen() && from < to) {
            channel.writeInbound(channel.alloc().buffer().writeBytes(input, from, to - from));
            channel.runPendingTasks();
        }
    }

    /** What those behind see, in order. */
    private static final class Outcome extends ChannelInboundHandlerAdapter {

        private final List<String> seen = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object read) {
            ByteBuf message = (ByteBuf) read;
            seen.add(ByteBufUtil.hexDump(message));
            message.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof HandshakeEvent.Done) {
                seen.add("open");
            } else if (event instanceof HandshakeEvent.Failed failed) {
                assertThat(failed.problem()).isNotBlank();
                seen.add("not opened");
                ctx.close();
            } else if (event instanceof MessageEvent.Left left) {
                seen.add("left " + left.text());
                ctx.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
            assertThat(failure).isInstanceOf(DecoderException.class);
            assertThat(failure.getMessage()).isNotBlank();
            seen.add(failure.getClass().getSimpleName());
            ctx.close();
        }
    }
}
