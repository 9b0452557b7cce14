package io.teleport.transport.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.teleport.transport.HandshakeEvent;
import io.teleport.transport.MessageTerms;
import io.teleport.transport.TransportAddress;
import io.teleport.transport.websocket.UpgradeRequest.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accepting side of the opening handshake: answers one HTTP request, with an upgrade, a page or a refusal. The time for all that is the handshake
 * timeout of the peer.
 */
final class ServerHandshake extends ChannelDuplexHandler {

    private static final Logger log = LoggerFactory.getLogger(ServerHandshake.class);

    /** How long an answer that is no upgrade may take to be sent, and the other side to end the connection then. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final WebSocketOptions options;

    private final OriginRule origins;

    private final String path;

    /** Whether the transport below has a handshake of its own. */
    private final boolean layered;

    private final LingeringClose closing = new LingeringClose();

    /** The request that is to be upgraded, once its head is there. */
    private @Nullable UpgradeRequest upgrade;

    /** Whether something else than an upgrade was answered. */
    private boolean answered;

    ServerHandshake(WebSocketOptions options, TransportAddress address, boolean layered) {
        this.options = options;
        this.origins = new OriginRule(options.allowedOrigins());
        this.path = pathOf(address);
        this.layered = layered;
    }

    private static String pathOf(TransportAddress address) {
        int question = address.path().indexOf('?');
        String path = question < 0 ? address.path() : address.path().substring(0, question);
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(layered && event instanceof HandshakeEvent.Done)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        try {
            if (answered) {
                return;
            }
            if (read instanceof HttpRequest request && upgrade == null) {
                requested(ctx, request);
            } else if (read instanceof LastHttpContent && upgrade != null) {
                check(ctx, upgrade);
            }
        } finally {
            ReferenceCountUtil.release(read);
        }
    }

    private void requested(ChannelHandlerContext ctx, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(ctx, unreadable(request.decoderResult().cause()));
            return;
        }
        UpgradeRequest asked = new UpgradeRequest(request, ctx.channel().remoteAddress());
        Refusal refusal = asked.malformed();
        if (refusal == null && !asked.head().path().equals(path)) {
            page(ctx, asked.head());
            return;
        }
        if (refusal == null) {
            refusal = asked.unfit(origins, MessageTerms.of(ctx.channel()).protocol());
        }
        if (refusal == null) {
            upgrade = asked;
        } else {
            refuse(ctx, refusal);
        }
    }

    private static Refusal unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG,
                    "request line of more than " + WebSocketTransport.LINE_LIMIT + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "headers of more than " + WebSocketTransport.HEADERS_LIMIT + " bytes");
        }
        return Refusal.bad("this is no HTTP request");
    }

    private void page(ChannelHandlerContext ctx, HttpHead head) {
        HttpPage page;
        try {
            page = options.pages().page(head);
        } catch (RuntimeException e) {
            log.error("the page {} failed", head.path(), e);
            refuse(ctx, new Refusal(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the page failed"));
            return;
        }
        if (page == null) {
            refuse(ctx, new Refusal(HttpResponseStatus.NOT_FOUND, "nothing is here"));
            return;
        }
        answer(ctx, HttpResponseStatus.valueOf(page.status()), page);
        ctx.fireUserEventTriggered(
                new HandshakeEvent.Served("GET " + head.path() + " was answered with " + page.status()));
    }

    private void check(ChannelHandlerContext ctx, UpgradeRequest request) {
        // Whatever comes before the answer stays where it is.
        ctx.channel().config().setAutoRead(false);
        CompletionStage<UpgradeAnswer> answer;
        try {
            answer = options.check().check(request.head());
        } catch (RuntimeException e) {
            checkFailed(ctx, e);
            return;
        }
        answer.whenComplete((decision, failure) -> {
            if (ctx.executor().inEventLoop()) {
                decided(ctx, request, decision, failure);
            } else {
                ctx.executor().execute(() -> decided(ctx, request, decision, failure));
            }
        });
    }

    private void decided(
            ChannelHandlerContext ctx,
            UpgradeRequest request,
            @Nullable UpgradeAnswer decision,
            @Nullable Throwable failure) {
        if (closing.hasBegun() || !ctx.channel().isActive()) {
            return;
        }
        if (decision instanceof UpgradeAnswer.Allowed allowed) {
            accept(ctx, request, allowed.attributes());
        } else if (decision instanceof UpgradeAnswer.Refused refused) {
            refuse(ctx, new Refusal(HttpResponseStatus.valueOf(refused.status()), refused.text()));
        } else {
            checkFailed(ctx, failure);
        }
    }

    private void checkFailed(ChannelHandlerContext ctx, @Nullable Throwable failure) {
        log.error("the check of a request to open a WebSocket failed", failure);
        refuse(ctx, new Refusal(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the check of the request failed"));
    }

    private void accept(ChannelHandlerContext ctx, UpgradeRequest request, Map<String, Object> attributes) {
        FullHttpResponse response = response(HttpResponseStatus.SWITCHING_PROTOCOLS, new byte[0]);
        response.headers()
                .set("Upgrade", "websocket")
                .set("Connection", "Upgrade")
                .set("Sec-WebSocket-Accept", Upgrade.accept(request.key().strip()));
        if (!request.offeredProtocols().isEmpty()) {
            response.headers()
                    .set(
                            "Sec-WebSocket-Protocol",
                            MessageTerms.of(ctx.channel()).protocol());
        }
        ctx.writeAndFlush(response);
        Upgrade.complete(ctx, MessageFrames.accepted(ctx.channel(), options), attributes);
    }

    private void refuse(ChannelHandlerContext ctx, Refusal refusal) {
        String line = refusal.status() + ": " + refusal.text();
        answer(ctx, refusal.status(), HttpPage.text(refusal.status().code(), line + "\n"));
        ctx.fireUserEventTriggered(new HandshakeEvent.Failed(line));
    }

    private void answer(ChannelHandlerContext ctx, HttpResponseStatus status, HttpPage page) {
        answered = true;
        FullHttpResponse response = response(status, page.content());
        response.headers()
                .set("Content-Type", page.contentType())
                .set("X-Content-Type-Options", "nosniff")
                .set("Content-Length", page.content().length)
                .set("Connection", "close");
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set("Allow", "GET");
        } else if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set("Upgrade", "websocket").set("Sec-WebSocket-Version", Upgrade.VERSION);
        }
        ctx.writeAndFlush(response).addListener(written -> endOutput(ctx.channel()));
        // Whatever else comes is dropped before it costs anything.
        ctx.pipeline().remove(WebSocketTransport.HTTP_IN);
    }

    /** Tells a client that waits for the end of the connection that nothing more comes. TLS has an end of its own, which closing sends. */
    private void endOutput(Channel channel) {
        if (!layered && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    private static FullHttpResponse response(HttpResponseStatus status, byte[] content) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content));
    }

    /** Lets an answer reach its reader. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!closing.begin(promise)) {
            return;
        }
        if (answered && ctx.channel().isActive()) {
            closing.linger(ctx, LINGER);
        } else {
            closing.finish(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing.finish(ctx);
        ctx.fireChannelInactive();
    }
}
