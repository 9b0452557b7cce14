package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Failures;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.SocketSnapshot;
import io.teleport.socket.SocketState;
import io.teleport.testing.Eventually;
import io.teleport.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A server that a {@link Bystander} calls while something bad happens to another of its sessions. All that is left behind fails the test. */
@Timeout(180)
abstract class FaultCase {

    Peer server;

    Bystander bystander;

    /** Handlers of "/back" that wait for their call back. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final List<Peer> clients = new ArrayList<>();

    final void serve() {
        serve(options -> options);
    }

    final void serve(UnaryOperator<PeerBuilder> change) {
        server = withRoutes(change.apply(options("fault-server").listen("tcp://127.0.0.1:0")));
        server.start();
        bystander = new Bystander(address());
    }

    static PeerBuilder options(String name) {
        return Peer.builder().name(name).eventLoopThreads(1).callTimeout(Duration.ofMinutes(2));
    }

    /** What both sides can be asked for: an echo, what never ends, and one that asks its own caller for what never ends. */
    private Peer withRoutes(PeerBuilder builder) {
        Peer peer = builder.build();
        peer.router()
                .call("/echo", int.class, (context, number) -> number)
                .call("/never", void.class, (context, nothing) -> new CompletableFuture<>())
                .call(
                        "/back",
                        void.class,
                        (context, nothing) -> context.session().call("/never", null, int.class));
        return peer;
    }

    final String address() {
        return server.listening().get(0).toString();
    }

    final Peer client() {
        return client(options -> options);
    }

    final Peer client(UnaryOperator<PeerBuilder> change) {
        Peer client = withRoutes(change.apply(options("fault-client")));
        clients.add(client);
        return client;
    }

    static <T> T soon(CompletableFuture<T> event) throws Exception {
        return event.get(60, TimeUnit.SECONDS);
    }

    static CloseCause end(Session session) throws Exception {
        return soon(session.closeFuture().toCompletableFuture());
    }

    /** How a call that cannot succeed ended. */
    static Status outcome(CompletableFuture<?> call) throws Exception {
        try {
            throw new AssertionError("expected a refusal, got " + soon(call));
        } catch (ExecutionException e) {
            Throwable cause = Failures.unwrap(e.getCause());
            assertThat(cause).isInstanceOf(StatusException.class);
            return ((StatusException) cause).status();
        }
    }

    /** What the peer's registry, and so Actuator, shows of a socket whose session has ended. */
    static SocketSnapshot closed(Peer peer, String socketId) {
        assertThat(peer.sockets().get(socketId)).isEmpty();
        SocketSnapshot last = peer.sockets().find(socketId).orElseThrow();
        assertThat(last.state()).isEqualTo(SocketState.CLOSED);
        assertThat(last.closeReason()).isNotNull();
        assertThat(last.closedAt()).isNotNull();
        return last;
    }

    /** The server's end of a connection. Its session may not be there at once. */
    final Session accepted(String id) {
        return Eventually.present("session " + id, () -> server.sessions().get(id));
    }

    /** Handlers that waited on a session that has ended are free. */
    final void nobodyWaits() {
        Eventually.holds("handlers are set free", () -> waiting.get() == 0);
    }

    /** For what nobody tells of. */
    @AfterEach
    final void nobodyElseIsHarmedAndNothingIsLeft() throws Exception {
        if (server == null) {
            return;
        }
        bystander.goesOn();
        assertThat(server.sessions().get(bystander.id())).isPresent();
        bystander.end();
        for (Peer client : clients) {
            close(client);
        }
        close(server);
        assertThat(Threads.thatStay("teleport-fault-")).isEmpty();
    }

    private static void close(Peer peer) throws Exception {
        soon(peer.closeAsync(Duration.ZERO));
        assertThat(peer.sockets().openCount()).isZero();
        assertThat(peer.sessions().count()).isZero();
    }
}
