package io.teleport.transport.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import io.teleport.transport.HandshakeEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** What both sides of the opening handshake do alike. */
final class Upgrade {

    static final String VERSION = "13";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Upgrade() {}

    /** The value of {@code Sec-WebSocket-Accept} that belongs to a key (RFC 6455, section 4.2.2). */
    static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }

    static boolean isAskedFor(HttpHeaders headers) {
        return headers.containsValue("Upgrade", "websocket", true)
                && headers.containsValue("Connection", "upgrade", true);
    }

    /** Puts frames in the place of HTTP. Bytes that came behind the HTTP message are read as frames. */
    static void complete(ChannelHandlerContext ctx, MessageFrames frames, Map<String, Object> attributes) {
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addAfter(ctx.name(), WebSocketTransport.FRAMES, frames);
        pipeline.remove(WebSocketTransport.HTTP_OUT);
        pipeline.remove(ctx.handler());
        ctx.fireUserEventTriggered(new HandshakeEvent.Done(attributes));
        pipeline.remove(WebSocketTransport.HTTP_IN);
    }
}
