package io.teleport.peer;

import io.teleport.transport.Transport;
import io.teleport.transport.websocket.WebSocketOptions;
import io.teleport.transport.websocket.WebSocketTransport;
import java.util.List;

/** The networks that need Netty's HTTP codec, an optional library. Their classes are touched only where it is there. */
final class WebSocketNetworks {

    private static final boolean PRESENT = isThere("io.netty.handler.codec.http.HttpRequestDecoder");

    private WebSocketNetworks() {}

    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, WebSocketNetworks.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static boolean arePresent() {
        return PRESENT;
    }

    /**
     * The networks.
     *
     * @param carriers the networks of the peer, of which TCP carries {@code ws}
     * @throws IllegalStateException if the library is not there
     */
    static List<Transport> of(WebSocketOptions options, List<Transport> carriers) {
        if (!PRESENT) {
            throw new IllegalStateException("WebSocket needs io.netty:netty-codec-http on the class path");
        }
        return carriers.stream()
                .filter(carrier -> carrier.scheme().equals("tcp"))
                .<Transport>map(carrier -> new WebSocketTransport("ws", carrier, options))
                .toList();
    }
}
