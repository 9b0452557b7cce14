package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.LoggedLines;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A listening peer with one well-behaved session, the bystander. When it closes, the bystander must still be served, nobody else may be left, and no
 * line of the log may tell of an error: what strangers send is no error of ours.
 */
final class HostileDoor implements AutoCloseable {

    /** Bytes of a message. */
    static final int LIMIT = 256 * 1024;

    /** Echoes bytes. */
    static final String SAME = "/same";

    /** A struct in Thrift's encoding, so that every protocol carries it. */
    private static final byte[] STRUCT = {11, 0, 1, 0, 0, 0, 1, 'x', 0};

    private final LoggedLines errors = LoggedLines.of("io.teleport", Level.ERROR);

    private final BodyWire wire;

    private final Peer server;

    private final Peer neighbour;

    private final Session bystander;

    HostileDoor(BodyWire wire) {
        this(wire, UnaryOperator.identity());
    }

    HostileDoor(BodyWire wire, UnaryOperator<PeerBuilder> options) {
        this.wire = wire;
        server = options.apply(builder("server").messageLimit(LIMIT).listen(wire.scheme() + "://127.0.0.1:0"))
                .build();
        server.router().call(SAME, byte[].class, (context, body) -> body);
        server.start();
        neighbour = builder("bystander").build();
        bystander = neighbour.dial(wire.scheme() + "://127.0.0.1:" + server.port());
        assertBystanderIsServed();
    }

    private PeerBuilder builder(String name) {
        PeerBuilder builder =
                Peer.builder().name(name).protocol(wire.protocol().name()).eventLoopThreads(1);
        return wire == BodyWire.THRIFT_STRUCT ? builder.bodyCodec("thrift") : builder;
    }

    BodyWire wire() {
        return wire;
    }

    Peer server() {
        return server;
    }

    HostileClient attack() throws IOException {
        HostileClient client = new HostileClient(wire, server.port());
        if (wire.isWebSocket()) {
            client.upgrade("/");
        }
        return client;
    }

    /**
     * Sends a message, after which the connection must end so.
     *
     * @param packed as {@link BodyWire#call} packs it
     * @return all that the other side was told, byte by byte
     */
    String assertEnds(byte[] packed, CloseReason reason, String text) throws Exception {
        try (HostileClient client = attack()) {
            client.send(packed);
            String told = client.rest();
            assertTellsNoSecrets(told);
            // Until then, a side that was told waits a moment for those who may not have read it.
            client.leave();
            SocketSnapshot ended = ended(client);
            assertThat(ended.closeReason()).as("%s", ended).isEqualTo(reason);
            assertThat(ended.error()).contains(text);
            return told;
        }
    }

    /** The end of its connection as the registry remembers it. */
    SocketSnapshot ended(HostileClient client) throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < limit) {
            Optional<SocketSnapshot> closed = server.sockets().closed().stream()
                    .filter(socket -> isOf(client, socket))
                    .findFirst();
            if (closed.isPresent()) {
                return closed.get();
            }
            for (GuardedSocket open : server.sockets().sockets()) {
                if (isOf(client, open.snapshot())) {
                    open.closeFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no connection from " + client.localPort() + ": "
                + server.sockets().open());
    }

    private static boolean isOf(HostileClient client, SocketSnapshot socket) {
        return socket.remoteAddress().endsWith(":" + client.localPort());
    }

    /** No class, no package, no stack. */
    static void assertTellsNoSecrets(String told) {
        assertThat(told)
                .doesNotContain(
                        "Exception", "Error:", "io.teleport", "io.netty", "java.", "jackson", "\tat ", ".java:");
    }

    private void assertBystanderIsServed() {
        assertThat(bystander.<byte[]>call(SAME, STRUCT, byte[].class)).isEqualTo(STRUCT);
    }

    @Override
    public void close() {
        try {
            assertBystanderIsServed();
            assertThat(bystander.isHealthy()).isTrue();
            assertThat(errors.lines()).isEmpty();
        } finally {
            neighbour.close();
            server.close();
            errors.close();
        }
    }
}
