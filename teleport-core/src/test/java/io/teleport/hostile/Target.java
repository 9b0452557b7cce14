package io.teleport.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.Eventually;
import io.teleport.transport.tls.TlsOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A peer that listens on one wire, and a well-behaved session to it that must notice nothing of what attackers do. */
final class Target implements AutoCloseable {

    /** How many bytes {@code /blanks} answers with. */
    static final int BLANKS = 900 * 1024;

    static final int LIMIT = 64 * 1024;

    private final Wire wire;

    private final Peer server;

    private final Peer client;

    private final Session bystander;

    /** On TLS. */
    static Target encrypted(Wire wire, TlsOptions tls) {
        return new Target(
                wire,
                wire.address().replace("tcp:", "tls:").replace("ws:", "wss:"),
                options -> options.tls(tls),
                options -> options.tls(tls));
    }

    Target(Wire wire) {
        this(wire, options -> options, options -> options);
    }

    Target(Wire wire, UnaryOperator<PeerBuilder> serverOptions, UnaryOperator<PeerBuilder> clientOptions) {
        this(wire, wire.address(), serverOptions, clientOptions);
    }

    private Target(
            Wire wire,
            String address,
            UnaryOperator<PeerBuilder> serverOptions,
            UnaryOperator<PeerBuilder> clientOptions) {
        this.wire = wire;
        server = serverOptions
                .apply(Peer.builder()
                        .name("target")
                        .protocol(wire.protocol())
                        .bodyCodec(wire.codecName())
                        .messageLimit(LIMIT)
                        .eventLoopThreads(1)
                        .listen(address))
                .build();
        server.router()
                .call("/echo", byte[].class, (context, body) -> body)
                .call("/blanks", byte[].class, (context, body) -> {
                    byte[] blanks = new byte[BLANKS];
                    Arrays.fill(blanks, (byte) ' ');
                    return blanks;
                })
                .call("/keys", byte[].class, (context, body) -> {
                    context.replyMeta(
                            "keys", Integer.toString(context.metadata().size()));
                    return body;
                });
        server.start();
        client = clientOptions
                .apply(Peer.builder()
                        .name("bystander")
                        .protocol(wire.protocol())
                        .bodyCodec(wire.codecName())
                        .eventLoopThreads(1))
                .build();
        bystander = client.dial(server.listening().get(0).toString());
        assertUnharmed();
    }

    Attacker attacker() throws IOException {
        return Attacker.open(wire, server.port());
    }

    Attacker connected() throws IOException {
        return Attacker.connected(wire, server.port());
    }

    /** How the connection of the attacker ended, once it has. */
    SocketSnapshot end(Attacker attacker) throws Exception {
        String port = ":" + attacker.port();
        Eventually.holds(
                "the connection of the attacker",
                () -> Stream.concat(server.sockets().open().stream(), server.sockets().closed().stream())
                        .anyMatch(socket -> socket.remoteAddress().endsWith(port)));
        for (GuardedSocket open : server.sockets().sockets()) {
            if (open.remoteAddressText().endsWith(port)) {
                open.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
            }
        }
        return Eventually.present(
                "the end of the attacker's connection",
                () -> server.sockets().closed().stream()
                        .filter(socket -> socket.remoteAddress().endsWith(port))
                        .findFirst());
    }

    /** The session of an attacker, once it is open. */
    Session session(Attacker attacker) {
        String port = ":" + attacker.port();
        return Eventually.present(
                "the session of the attacker",
                () -> server.sessions().stream()
                        .filter(session -> session.remoteAddress().endsWith(port))
                        .findFirst());
    }

    /** Checks how the connection ended, of which the attacker has seen the end. */
    void assertEnded(Attacker attacker, CloseReason reason, String text) throws Exception {
        SocketSnapshot ended = end(attacker);
        assertThat(String.valueOf(ended.error())).contains(text);
        assertThat(ended.closeReason()).isEqualTo(reason);
        assertUnharmed();
    }

    /** Checks that calls of the bystander are answered, on the connection it had from the beginning. */
    void assertUnharmed() {
        assertThat(bystander.call("/echo", wire.body(), byte[].class)).isEqualTo(wire.body());
        assertThat(bystander.isHealthy()).isTrue();
    }

    /** Checks that of all attackers nothing is left. */
    @Override
    public void close() {
        try {
            assertUnharmed();
        } finally {
            client.closeAsync(Duration.ZERO).join();
            server.closeAsync(Duration.ZERO).join();
        }
        assertThat(server.sockets().openCount()).isZero();
        assertThat(server.sessions().count()).isZero();
    }
}
