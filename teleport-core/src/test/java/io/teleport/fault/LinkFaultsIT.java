package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections that are reset, or ended at one side only, between calls and under them. System property {@code teleport.fault.links} changes how
 * often for each kind, 20 by default.
 */
class LinkFaultsIT extends FaultCase {

    private static final int ROUNDS = Integer.getInteger("teleport.fault.links", 20);

    private static final RedialPolicy QUICK =
            RedialPolicy.standard().withDelay(RedialDelay.fixed(Duration.ofMillis(1)));

    /** How a connection ends, and what the two sides call it under load. */
    enum Cut {
        RESET(CloseReason.IO_ERROR, CloseReason.IO_ERROR) {
            @Override
            void apply(Wire wire) {
                wire.reset();
            }
        },
        END_TOWARDS_SERVER(null, null) {
            @Override
            void apply(Wire wire) throws Exception {
                wire.endTowardsServer();
            }
        },
        END_TOWARDS_CLIENT(null, null) {
            @Override
            void apply(Wire wire) throws Exception {
                wire.endTowardsClient();
            }
        };

        /** Null for REMOTE or IO_ERROR: whoever closes with bytes unread resets the connection, and a reset may overtake the end. */
        private final CloseReason atServer;

        private final CloseReason atClient;

        Cut(CloseReason atServer, CloseReason atClient) {
            this.atServer = atServer;
            this.atClient = atClient;
        }

        abstract void apply(Wire wire) throws Exception;
    }

    private static void check(CloseReason expected, Session session, SocketSnapshot last) throws Exception {
        CloseReason actual = end(session).reason();
        assertThat(last.closeReason()).isEqualTo(actual);
        if (expected == null) {
            assertThat(actual).isIn(CloseReason.REMOTE, CloseReason.IO_ERROR);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
        if (actual == CloseReason.IO_ERROR) {
            assertThat(last.error()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdleConnectionEndsWithItsReasonAtBothSides(Cut cut) throws Exception {
        serve();
        Peer client = client();
        try (Relay relay = new Relay(server.port())) {
            Session session = client.dial(relay.address());
            Wire wire = relay.next();
            assertThat(session.call("/echo", 1, int.class)).isEqualTo(1);
            Session other = accepted(wire.id());
            cut.apply(wire);
            CloseReason orderly = cut == Cut.RESET ? CloseReason.IO_ERROR : CloseReason.REMOTE;
            assertThat(end(session).reason()).isEqualTo(orderly);
            assertThat(end(other).reason()).isEqualTo(orderly);
            assertThat(closed(client, session.socketId()).closeReason()).isEqualTo(orderly);
            assertThat(closed(server, other.socketId()).closeReason()).isEqualTo(orderly);
        }
    }

    /** Calls that wait, calls that are made, handlers that call back, and pushes, both ways. */
    private static void load(Session session, List<CompletableFuture<?>> waiting, List<CompletableFuture<?>> others) {
        waiting.add(session.callAsync("/never", null, int.class));
        waiting.add(session.callAsync("/back", null, int.class));
        for (int i = 0; i < 10; i++) {
            others.add(session.callAsync("/echo", i, int.class));
            others.add(session.request("/pushed").push("x".repeat(2_000)));
        }
    }

    private static void endsOrFails(CompletableFuture<?> call) throws Exception {
        if (call.handle((result, failure) -> failure != null).get(60, TimeUnit.SECONDS)) {
            assertThat(outcome(call).code()).isEqualTo(102);
        }
    }

    @ParameterizedTest
    @EnumSource
    void underLoadEveryCallOfBothSidesEndsAndHandlersThatCallBackAreSetFree(Cut cut) throws Exception {
        serve();
        Peer client = client();
        for (Peer peer : List.of(server, client)) {
            peer.router().push("/pushed", String.class, (context, text) -> {});
        }
        try (Relay relay = new Relay(server.port())) {
            for (int i = 0; i < ROUNDS; i++) {
                Session session = client.dial(relay.address());
                Wire wire = relay.next();
                Session other = accepted(wire.id());
                List<CompletableFuture<?>> waiting = new ArrayList<>();
                List<CompletableFuture<?>> others = new ArrayList<>();
                load(session, waiting, others);
                load(other, waiting, others);
                cut.apply(wire);
                load(session, waiting, others);
                for (CompletableFuture<?> call : waiting) {
                    assertThat(outcome(call).code()).isEqualTo(102);
                }
                for (CompletableFuture<?> call : others) {
                    endsOrFails(call);
                }
                end(session);
                end(other);
                check(cut.atClient, session, closed(client, session.socketId()));
                check(cut.atServer, other, closed(server, other.socketId()));
                nobodyWaits();
            }
            System.out.printf(
                    "%d connections ended by %s: client %s, server %s%n",
                    ROUNDS,
                    cut,
                    client.sockets().totals().closed(),
                    server.sockets().totals().closed());
        }
    }

    /** In Go this handler, the session's other calls, and its end hang for ever. */
    @ParameterizedTest
    @EnumSource
    void aHandlerThatCallsBackOnASessionThatIsDialedAgainIsSetFreeAndTheSessionGoesOn(Cut cut) throws Exception {
        serve();
        Peer client = client();
        CompletableFuture<Void> calledBack = new CompletableFuture<>();
        CompletableFuture<Status> setFree = new CompletableFuture<>();
        server.router().call("/waits", void.class, (context, nothing) -> {
            calledBack.complete(null);
            return new CompletableFuture<>();
        });
        client.router().call("/callback", void.class, (context, nothing) -> {
            setFree.complete(outcome(context.session().callAsync("/waits", null, int.class)));
            // The same session, on its next connection by now or soon.
            return context.session().call("/echo", 7, int.class);
        });
        try (Relay relay = new Relay(server.port())) {
            Session session = client.dial(DialOptions.to(relay.address()).redial(QUICK));
            Wire wire = relay.next();
            CompletableFuture<?> call = accepted(wire.id()).callAsync("/callback", null, int.class);
            soon(calledBack);
            cut.apply(wire);
            assertThat(soon(setFree).code()).isEqualTo(102);
            assertThat(outcome(call).code()).isEqualTo(102);
            assertThat(session.call("/echo", 8, int.class)).isEqualTo(8);
            assertThat(relay.next().id()).isNotEqualTo(wire.id());
            nobodyWaits();
        }
    }
}
