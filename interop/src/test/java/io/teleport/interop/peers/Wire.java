package io.teleport.interop.peers;

import java.util.stream.Stream;

/**
 * What the two ends of a pairing speak. The names are those of both implementations.
 *
 * @param codec codec of every body that is not sent in another one on purpose
 */
public record Wire(String network, String protocol, String codec) {

    /** All that are tested. Each runs every case. */
    public static Stream<Wire> all() {
        return Stream.of("raw", "json", "protobuf", "thrift-binary", "http")
                .map(protocol -> new Wire("tcp", protocol, "json"));
    }

    Network carrier() {
        return switch (network) {
            case "tcp" -> new TcpNetwork();
            case "unix" -> new UnixNetwork();
            case "tls" -> new TlsNetwork(false);
            case "mutual tls" -> new TlsNetwork(true);
            case "ws" -> new WebSocketNetwork("ws", new TcpNetwork());
            case "wss" -> new WebSocketNetwork("wss", new TlsNetwork(false));
            default -> throw new IllegalArgumentException("Unknown network " + network);
        };
    }

    /** What tells it from the others in a table. */
    public String door() {
        return network.equals("tcp") ? protocol : network + " / " + protocol;
    }

    @Override
    public String toString() {
        return network + "/" + protocol + "/" + codec;
    }
}
