package io.teleport.soak;

import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.peer.PeerDefaults;
import java.time.Duration;
import java.util.Locale;

/** Where the server listens: one peer for each protocol, and one for the sessions to which nothing happens. */
enum Door {
    CALM("raw", "tcp", ""),
    RAW("raw", "tcp", ""),
    JSON("json", "tcp", ""),
    PROTOBUF("protobuf", "tcp", ""),
    THRIFT("thrift-binary", "tcp", ""),
    WEB_SOCKET("json", "ws", "/soak");

    static final int HANDLER_THREADS = 32;

    /** Small, so that a client that does not read fills it. */
    private static final long OUTBOUND_LIMIT = 1 << 20;

    private final String protocol;

    private final String network;

    private final String path;

    Door(String protocol, String network, String path) {
        this.protocol = protocol;
        this.network = network;
        this.path = path;
    }

    String protocol() {
        return protocol;
    }

    boolean isCalm() {
        return this == CALM;
    }

    String address(int port) {
        return network + "://127.0.0.1:" + port + path;
    }

    Peer peer(int port) {
        return options("soak-" + name().toLowerCase(Locale.ROOT))
                .protocol(protocol)
                .listen(address(port))
                .build();
    }

    /** What both sides have in common. */
    static PeerBuilder options(String name) {
        return Peer.builder()
                .name(name)
                .eventLoopThreads(1)
                .handlerThreads(HANDLER_THREADS)
                .outboundLimit(OUTBOUND_LIMIT)
                .closedSocketHistory(PeerDefaults.CLOSED_SOCKET_HISTORY)
                .callTimeout(Duration.ofMinutes(1))
                .closeTimeout(Duration.ofSeconds(3));
    }
}
