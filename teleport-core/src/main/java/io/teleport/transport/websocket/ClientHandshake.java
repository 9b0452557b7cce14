package io.teleport.transport.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.teleport.transport.HandshakeEvent;
import io.teleport.transport.TransportAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dialing side of the opening handshake. Offers no sub-protocol, since a Go peer refuses whoever does. */
final class ClientHandshake extends ChannelInboundHandlerAdapter {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final WebSocketOptions options;

    private final TransportAddress address;

    private final String path;

    /** Whether the transport below has a handshake of its own, which comes first. */
    private final boolean layered;

    private final String key;

    private boolean asked;

    /** Whether the answer is an upgrade; false once it is known to be none. */
    private @Nullable Boolean granted;

    ClientHandshake(WebSocketOptions options, TransportAddress address, boolean layered) {
        this.options = options;
        this.address = address;
        String given = address.path();
        this.path = given.startsWith("/") ? given : "/" + given;
        this.layered = layered;
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        this.key = Base64.getEncoder().encodeToString(random);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        if (!layered) {
            ask(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (layered && event instanceof HandshakeEvent.Done) {
            ask(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void ask(ChannelHandlerContext ctx) {
        if (asked) {
            return;
        }
        asked = true;
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
        HttpHeaders headers = request.headers();
        headers.set("Host", host()).set("Origin", origin(ctx.channel().localAddress()));
        options.dialHeaders().forEach(headers::set);
        headers.set("Upgrade", "websocket")
                .set("Connection", "Upgrade")
                .set("Sec-WebSocket-Key", key)
                .set("Sec-WebSocket-Version", Upgrade.VERSION);
        ctx.writeAndFlush(request);
    }

    private String host() {
        String host = address.host().indexOf(':') >= 0 ? "[" + address.host() + "]" : address.host();
        boolean usual = address.port() < 0 || address.port() == WebSocketTransport.defaultPort(address);
        return usual ? host : host + ":" + address.port();
    }

    /** As Go's: the own address with the path. */
    private String origin(SocketAddress local) {
        String own = local instanceof InetSocketAddress inet ? NetUtil.toSocketAddressString(inet) : "localhost";
        return address.scheme() + "://" + own + path;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        try {
            if (read instanceof HttpResponse response && granted == null) {
                answered(ctx, response);
            } else if (read instanceof LastHttpContent && Boolean.TRUE.equals(granted)) {
                Upgrade.complete(ctx, MessageFrames.dialed(ctx.channel(), options), Map.of());
            }
        } finally {
            ReferenceCountUtil.release(read);
        }
    }

    private void answered(ChannelHandlerContext ctx, HttpResponse response) {
        String problem = problem(response);
        granted = problem == null;
        if (problem != null) {
            ctx.fireUserEventTriggered(new HandshakeEvent.Failed(problem));
        }
    }

    private @Nullable String problem(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            return "the answer is no HTTP: "
                    + Shown.of(response.decoderResult().cause().getMessage());
        }
        HttpHeaders headers = response.headers();
        if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            return "bad status: " + Shown.of(response.status());
        }
        if (!Upgrade.isAskedFor(headers)) {
            return "the answer upgrades to something else than WebSocket";
        }
        if (!Upgrade.accept(key).equals(headers.get("Sec-WebSocket-Accept"))) {
            return "the answer does not belong to the request: Sec-WebSocket-Accept is "
                    + Shown.of(headers.get("Sec-WebSocket-Accept"));
        }
        if (headers.contains("Sec-WebSocket-Protocol") || headers.contains("Sec-WebSocket-Extensions")) {
            return "the answer names a sub-protocol or an extension that was not offered";
        }
        return null;
    }
}
