package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.Session;
import io.teleport.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** Two connected peers, for contracts that hold over every transport. */
abstract class PeerPair {

    Peer server;

    Peer client;

    /** The client's end. */
    Session session;

    /** Where the server listens. */
    abstract String address();

    /** What both peers need to talk over this network. */
    PeerBuilder network(PeerBuilder options) {
        return options;
    }

    /** What both speak. */
    String protocol() {
        return PeerDefaults.PROTOCOL;
    }

    final void connect() {
        connect(builder -> builder, builder -> builder);
    }

    final void connect(UnaryOperator<PeerBuilder> serverOptions, UnaryOperator<PeerBuilder> clientOptions) {
        start(serverOptions, clientOptions);
        session = client.dial(server.listening().get(0).toString());
    }

    final void start(UnaryOperator<PeerBuilder> serverOptions, UnaryOperator<PeerBuilder> clientOptions) {
        server =
                serverOptions.apply(options("server").listen(address())).build().start();
        client = clientOptions.apply(options("client")).build();
    }

    private PeerBuilder options(String name) {
        return network(Peer.builder()
                .name(name)
                .protocol(protocol())
                .eventLoopThreads(1)
                .callTimeout(Duration.ofMinutes(2))
                .closeTimeout(Duration.ofMinutes(1)));
    }

    /** The server's end of the session; there once a call has gone over it. */
    final Session serverSession() {
        return Eventually.present(
                "the session of the server", () -> server.sessions().stream().findFirst());
    }

    @AfterEach
    final void closePeers() {
        for (Peer peer : new Peer[] {client, server}) {
            if (peer != null) {
                peer.sessions().stream().forEach(open -> open.close(Duration.ZERO));
                peer.close();
            }
        }
    }

    static Status refusal(ThrowingCallable call) {
        StatusException refused = Assertions.catchThrowableOfType(StatusException.class, call);
        assertThat(refused).as("refusal").isNotNull();
        return refused.status();
    }

    static Status refusal(CompletableFuture<?> call) throws Exception {
        try {
            Object result = call.get(60, TimeUnit.SECONDS);
            throw new AssertionError("expected a refusal, got " + result);
        } catch (ExecutionException e) {
            return ((StatusException) e.getCause()).status();
        }
    }

    static <T> T soon(CompletableFuture<T> event) throws Exception {
        return event.get(60, TimeUnit.SECONDS);
    }
}
