package io.teleport.peer;

import io.teleport.transport.Transport;
import io.teleport.transport.websocket.WebSocketOptions;
import io.teleport.transport.websocket.WebSocketTransport;
import java.util.List;
import java.util.Map;

/** The networks that need Netty's HTTP codec, an optional library. Their classes are touched only where it is there. */
final class WebSocketNetworks {

    private static final boolean PRESENT = ClassPath.has("io.netty.handler.codec.http.HttpRequestDecoder");

    private static final Map<String, String> SCHEMES = Map.of("tcp", "ws", "tls", "wss");

    private WebSocketNetworks() {}

    static boolean arePresent() {
        return PRESENT;
    }

    /**
     * The networks, of carriers that there are.
     *
     * @param carriers the networks of the peer, of which {@code tcp} carries {@code ws} and {@code tls} carries {@code wss}
     * @throws IllegalArgumentException if the library is not there
     */
    static List<Transport> of(WebSocketOptions options, List<Transport> carriers) {
        if (!PRESENT) {
            throw new IllegalArgumentException("Option 'webSocket' needs io.netty:netty-codec-http on the class path");
        }
        return carriers.stream()
                .filter(carrier -> SCHEMES.containsKey(carrier.scheme()))
                .map(carrier -> webSocket(carrier, options))
                .toList();
    }

    /** What the networks among these were told. */
    static WebSocketOptions options(List<Transport> transports) {
        return PRESENT ? Networks.options(transports) : WebSocketOptions.defaults();
    }

    /** Apart, since the type that it looks for cannot be loaded without the library. */
    private static final class Networks {

        static WebSocketOptions options(List<Transport> transports) {
            return transports.stream()
                    .filter(WebSocketTransport.class::isInstance)
                    .map(webSocket -> ((WebSocketTransport) webSocket).options())
                    .findFirst()
                    .orElseGet(WebSocketOptions::defaults);
        }
    }

    private static Transport webSocket(Transport carrier, WebSocketOptions options) {
        return new WebSocketTransport(SCHEMES.getOrDefault(carrier.scheme(), ""), carrier, options);
    }
}
