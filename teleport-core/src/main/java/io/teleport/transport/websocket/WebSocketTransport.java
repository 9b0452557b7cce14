package io.teleport.transport.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.teleport.transport.LayeredTransport;
import io.teleport.transport.Transport;
import io.teleport.transport.TransportAddress;
import java.net.SocketAddress;

/**
 * WebSocket: {@code ws://host:port/path} over TCP, {@code wss://host:port/path} over TLS. Without a path it is {@code /}. When dialing, the query goes
 * along as it is, and the port may be left out.
 *
 * <p>The handlers in front of the socket, in the order inbound bytes meet them:
 *
 * <ol>
 *   <li>those of the transport below
 *   <li>{@value #HTTP_IN}, {@value #HTTP_OUT}: Netty's codec, the heads limited; until the upgrade
 *   <li>{@value #HANDSHAKE}: {@link ServerHandshake} or {@link ClientHandshake}; until the upgrade
 *   <li>{@value #FRAMES}: {@link MessageFrames}; from then on
 * </ol>
 *
 * Which kind of message is sent, text or binary, follows the other side: its last message's kind, binary before that, as Go sends. What is not
 * valid UTF-8 is always binary. Session ids are the client's address, as on TCP.
 */
public final class WebSocketTransport extends LayeredTransport {

    static final String HTTP_IN = "teleport.websocket.http.in";

    static final String HTTP_OUT = "teleport.websocket.http.out";

    static final String HANDSHAKE = "teleport.websocket.handshake";

    static final String FRAMES = "teleport.websocket.frames";

    /** Bytes of a request or status line at the most. */
    static final int LINE_LIMIT = 8 * 1024;

    /** Bytes of all headers together at the most. */
    static final int HEADERS_LIMIT = 16 * 1024;

    private final WebSocketOptions options;

    /**
     * @param scheme {@code ws} or {@code wss}
     * @param below what carries the bytes: TCP for {@code ws}, TLS for {@code wss}
     */
    public WebSocketTransport(String scheme, Transport below, WebSocketOptions options) {
        super(scheme, below);
        this.options = options;
    }

    public WebSocketOptions options() {
        return options;
    }

    @Override
    public Transport ifBelowIsReplaced(Transport added) {
        return below().scheme().equals(added.scheme()) ? new WebSocketTransport(scheme(), added, options) : this;
    }

    @Override
    public SocketAddress dialAddress(TransportAddress address) {
        return super.dialAddress(address.port() < 0 ? address.withPort(defaultPort(address)) : address);
    }

    static int defaultPort(TransportAddress address) {
        return address.scheme().equals("wss") ? 443 : 80;
    }

    @Override
    public boolean hasHandshake() {
        return true;
    }

    @Override
    public boolean keepsMessages() {
        return true;
    }

    @Override
    public void equip(Channel channel, TransportAddress address, boolean accepted) {
        super.equip(channel, address, accepted);
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(LINE_LIMIT).setMaxHeaderSize(HEADERS_LIMIT);
        boolean layered = below().hasHandshake();
        if (accepted) {
            add(
                    channel,
                    new HttpRequestDecoder(limits),
                    new HttpResponseEncoder(),
                    new ServerHandshake(options, address, layered));
        } else {
            add(
                    channel,
                    new HttpResponseDecoder(limits),
                    new HttpRequestEncoder(),
                    new ClientHandshake(options, address, layered));
        }
    }

    private static void add(Channel channel, ByteToMessageDecoder in, ChannelHandler out, ChannelHandler handshake) {
        // Bytes behind the upgrade belong to no HTTP message.
        in.setSingleDecode(true);
        channel.pipeline().addLast(HTTP_IN, in).addLast(HTTP_OUT, out).addLast(HANDSHAKE, handshake);
    }
}
