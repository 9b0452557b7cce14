package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.teleport.transport.HandshakeEvent;
import io.teleport.transport.MessageEvent;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the socket of a channel that has become active, and tells it what happens on the channel until its end. Confined to the event loop. */
final class SocketHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(SocketHandler.class);

    private final Function<Channel, GuardedSocket> socketFactory;

    private final ChannelConnection connection;

    private final SocketRegistry registry;

    private final SocketSettings settings;

    private final boolean keepsMessages;

    private final SocketOpening opening;

    private @Nullable GuardedSocket socket;

    private @Nullable InboundFrames frames;

    /** Whether the handshake still goes on. */
    private boolean shaking;

    private @Nullable Future<?> handshakeLimit;

    SocketHandler(
            Function<Channel, GuardedSocket> socketFactory,
            ChannelConnection connection,
            SocketRegistry registry,
            SocketSettings settings,
            boolean hasHandshake,
            boolean keepsMessages,
            SocketOpening opening) {
        this.socketFactory = socketFactory;
        this.connection = connection;
        this.registry = registry;
        this.settings = settings;
        this.shaking = hasHandshake;
        this.keepsMessages = keepsMessages;
        this.opening = opening;
    }

    /** Fired through the pipeline once the owner wants to read. */
    enum Start {
        START
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
        GuardedSocket made = socketFactory.apply(ctx.channel());
        socket = made;
        InboundFrames inbound =
                new InboundFrames(made, ctx.alloc(), ctx.executor(), settings.frameTimeout(), keepsMessages);
        frames = inbound;
        connection.attach(made, inbound::readOn);
        registry.opened(made);
        if (shaking) {
            handshakeLimit = ctx.executor()
                    .schedule(
                            () -> handshakeFailed(made, "not done within " + settings.handshakeTimeout()),
                            settings.handshakeTimeout().toNanos(),
                            TimeUnit.NANOSECONDS);
            ctx.channel().config().setAutoRead(true);
        } else {
            opening.opened(made);
        }
    }

    private static void handshakeFailed(GuardedSocket made, String problem) {
        made.abort(CloseReason.HANDSHAKE_FAILED, "handshake: " + problem);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        GuardedSocket current = socket;
        if (event instanceof HandshakeEvent.Done done && current != null && shaking) {
            shaking = false;
            current.handshakeAttributes(done.attributes());
            stopHandshakeLimit();
            ctx.channel().config().setAutoRead(false);
            opening.opened(current);
        } else if (event instanceof HandshakeEvent.Failed failed && current != null && shaking) {
            handshakeFailed(current, failed.problem());
        } else if (event instanceof HandshakeEvent.Served served && current != null && shaking) {
            current.abort(CloseReason.LOCAL, served.what());
        } else if (event instanceof MessageEvent.Partial partial && frames != null) {
            frames.waiting(partial.bytes());
        } else if (event instanceof MessageEvent.Left left && current != null) {
            current.abort(CloseReason.REMOTE, left.text());
        } else if (event == Start.START && frames != null) {
            frames.handOver();
            ctx.channel().config().setAutoRead(true);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        if (read instanceof ByteBuf bytes && frames != null) {
            frames.received(bytes);
        } else {
            ReferenceCountUtil.release(read);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (socket != null) {
            socket.writabilityChanged();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopHandshakeLimit();
        if (frames != null) {
            frames.end();
        }
        if (socket != null) {
            ended(socket);
        }
        ctx.fireChannelInactive();
    }

    private void ended(GuardedSocket ended) {
        if (shaking) {
            handshakeFailed(ended, "the other side closed the connection");
        }
        ended.channelGone();
        if (shaking) {
            shaking = false;
            opening.failed(ended, ended.cause());
        }
    }

    private void stopHandshakeLimit() {
        if (handshakeLimit != null) {
            handshakeLimit.cancel(false);
            handshakeLimit = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        GuardedSocket current = socket;
        if (current == null) {
            log.debug("{}: failed before its socket was made", ctx.channel(), failure);
            ctx.close();
            return;
        }
        if (shaking) {
            handshakeFailed(current, ErrorText.of(failure));
        } else {
            current.failed(failure);
        }
    }
}
