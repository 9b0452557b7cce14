package io.teleport.plugin.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real connections in virtual time. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverloadTests {

    private final AtomicLong now = new AtomicLong();

    private final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();

    private final Peer client =
            Peer.builder().name("client").eventLoopThreads(1).build();

    private Peer server;

    private OverloadPlugin plugin;

    private void listen(OverloadLimits limits) {
        plugin = new OverloadPlugin(limits, now::get);
        server = Peer.builder()
                .name("server")
                .eventLoopThreads(1)
                .listen("tcp://127.0.0.1:0")
                .plugin(plugin)
                .build()
                .start();
        server.router()
                .call("/a", String.class, (context, text) -> text)
                .call("/b", String.class, (context, text) -> text)
                .push("/p", String.class, (context, text) -> pushed.add(text));
    }

    @AfterEach
    void close() {
        client.closeAsync(Duration.ZERO).join();
        if (server != null) {
            server.closeAsync(Duration.ZERO).join();
        }
    }

    private Session dial() {
        return client.dial(server.listening().get(0).toString());
    }

    /** Whether the connection is really taken: it is, for the client, before the server has decided. */
    private boolean isServed(Session session) {
        return session.request("/a").call("x", String.class).isOk();
    }

    private static Status call(Session session, String route) {
        return session.request(route).call("x", String.class).status();
    }

    private static CloseCause end(Session session) throws Exception {
        return session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private void awaitConnections(int count) {
        while (plugin.connections() != count) {
            Thread.onSpinWait();
        }
    }

    // Connections

    @Test
    void aConnectionOverTheLimitIsClosedWithoutAMessageAndTheOthersStay() throws Exception {
        listen(OverloadLimits.NONE.withConnections(2));
        Session first = dial();
        Session second = dial();
        assertThat(isServed(first)).isTrue();
        assertThat(isServed(second)).isTrue();
        Session third = dial();
        assertThat(end(third).reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(client.sockets().find(third.socketId()))
                .hasValueSatisfying(closed -> assertThat(closed.bytesIn()).isZero());
        assertThat(isServed(first)).isTrue();
        SocketSnapshot refused = awaitClosed(1).get(0);
        assertThat(refused.closeReason()).isEqualTo(CloseReason.OVERLOADED);
        assertThat(refused.error()).isEqualTo("connection overload, limit=2, now=2");
    }

    private List<SocketSnapshot> awaitClosed(int count) {
        while (server.sockets().closed().size() < count) {
            Thread.onSpinWait();
        }
        return server.sockets().closed();
    }

    @Test
    void aRefusedConnectionGivesBackNoPlaceThatItNeverTook() throws Exception {
        listen(OverloadLimits.NONE.withConnections(1));
        Session first = dial();
        assertThat(isServed(first)).isTrue();
        for (int i = 1; i <= 4; i++) {
            assertThat(end(dial()).reason()).isEqualTo(CloseReason.REMOTE);
            awaitClosed(i);
            assertThat(plugin.connections()).isEqualTo(1);
        }
        first.close();
        awaitConnections(0);
        assertThat(isServed(dial())).isTrue();
    }

    @Test
    void connectionsAreLimitedForEachAddress() throws Exception {
        listen(OverloadLimits.NONE.withConnectionsPerAddress(1));
        Session first = dial();
        assertThat(isServed(first)).isTrue();
        assertThat(end(dial()).reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(awaitClosed(1).get(0).error()).isEqualTo("connection overload, address_limit=1, now=1");
        first.close();
        awaitConnections(0);
        assertThat(isServed(dial())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9090, 127.0.0.1",
        "[::1]:9090, [::1]",
        "/run/a.sock#17, /run/a.sock",
        "/run/a.sock, /run/a.sock",
        "memory, memory"
    })
    void anAddressIsTheHost(String address, String host) {
        assertThat(Connections.host(address)).isEqualTo(host);
    }

    @Test
    void othersHaveTheirOwnPlacesForTheirAddress() {
        Connections connections = new Connections();
        OverloadLimits limits = OverloadLimits.NONE.withConnections(3).withConnectionsPerAddress(2);
        assertThat(connections.take("a", limits)).isNull();
        assertThat(connections.take("a", limits)).isNull();
        assertThat(connections.take("a", limits))
                .isEqualTo(Status.of(500, "connection overload, address_limit=2, now=2"));
        assertThat(connections.take("b", limits)).isNull();
        assertThat(connections.take("c", limits)).isEqualTo(Status.of(500, "connection overload, limit=3, now=3"));
        connections.giveBack("a");
        assertThat(connections.take("a", limits)).isNull();
    }

    @Test
    void aDialOverTheLimitFailsWith105AndTheText() throws Exception {
        listen(OverloadLimits.NONE);
        Peer limited = Peer.builder()
                .name("limited")
                .eventLoopThreads(1)
                .plugin(new OverloadPlugin(OverloadLimits.NONE.withConnections(1)))
                .build();
        try {
            String address = server.listening().get(0).toString();
            Session first = limited.dial(address);
            Status refusal = Assertions.catchThrowableOfType(StatusException.class, () -> limited.dial(address))
                    .status();
            assertThat(refusal).isEqualTo(Status.builtIn(105, "connection overload, limit=1, now=1"));
            assertThat(isServed(first)).isTrue();
        } finally {
            limited.closeAsync(Duration.ZERO).join();
        }
    }

    // Rates

    @Test
    void callsOverTheTotalRateAreRefusedAsInGoAndTheSessionStays() {
        listen(OverloadLimits.NONE.withRate(3));
        Session session = dial();
        Session other = dial();
        assertThat(call(session, "/a").isOk()).isTrue();
        assertThat(call(other, "/b").isOk()).isTrue();
        assertThat(call(session, "/a").isOk()).isTrue();
        assertThat(call(session, "/a")).isEqualTo(Status.of(500, "qps overload, total_limit=3"));
        assertThat(call(other, "/none")).isEqualTo(Status.of(500, "qps overload, total_limit=3"));
        now.addAndGet(Duration.ofMillis(334).toNanos());
        assertThat(call(other, "/b").isOk()).isTrue();
        assertThat(call(other, "/b").isOk()).isFalse();
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void callsOverTheRateOfTheirRouteAreRefusedAsInGoAndOthersPass() {
        listen(OverloadLimits.NONE.withRoute("/a", 1));
        Session session = dial();
        assertThat(call(session, "/a").isOk()).isTrue();
        assertThat(call(session, "/a")).isEqualTo(Status.of(500, "qps overload, handler_limit=1"));
        assertThat(call(session, "/b").isOk()).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(call(session, "/a").isOk()).isTrue();
    }

    @Test
    void theTotalIsChargedBeforeTheRoute() {
        listen(OverloadLimits.NONE.withRate(2).withRoute("/a", 1));
        Session session = dial();
        assertThat(call(session, "/a").isOk()).isTrue();
        assertThat(call(session, "/a")).isEqualTo(Status.of(500, "qps overload, handler_limit=1"));
        assertThat(call(session, "/b"))
                .as("the refused one was charged")
                .isEqualTo(Status.of(500, "qps overload, total_limit=2"));
    }

    @Test
    void aSessionThatSendsTooMuchDoesNotUseUpWhatOthersShareWithIt() {
        listen(OverloadLimits.NONE.withRate(3).withRatePerSession(1));
        Session noisy = dial();
        Session quiet = dial();
        assertThat(call(noisy, "/a").isOk()).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(call(noisy, "/a")).isEqualTo(Status.of(500, "qps overload, session_limit=1"));
        }
        assertThat(call(quiet, "/a").isOk()).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(call(noisy, "/a").isOk()).isTrue();
    }

    @Test
    void pushesOverARateAreDroppedAndTheSessionStays() throws Exception {
        listen(OverloadLimits.NONE.withRoute("/p", 2));
        Session session = dial();
        for (int i = 0; i < 5; i++) {
            session.push("/p", "push " + i);
        }
        assertThat(isServed(session)).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        session.push("/p", "last");
        List<String> arrived = new ArrayList<>();
        while (!arrived.contains("last")) {
            arrived.add(pushed.poll(60, TimeUnit.SECONDS));
        }
        while (arrived.size() < 3) {
            arrived.add(pushed.poll(60, TimeUnit.SECONDS));
        }
        assertThat(arrived).containsExactlyInAnyOrder("push 0", "push 1", "last");
    }

    // Change

    @Test
    void limitsCanBeChangedWhileInUse() throws Exception {
        listen(OverloadLimits.NONE.withConnections(1).withRate(1));
        Session session = dial();
        assertThat(call(session, "/a").isOk()).isTrue();
        assertThat(call(session, "/a").isOk()).isFalse();
        assertThat(end(dial()).reason()).isEqualTo(CloseReason.REMOTE);

        OverloadPlugin inUse = server.plugin(OverloadPlugin.class).orElseThrow();
        inUse.limits(inUse.limits().withConnections(2).withRate(0));
        assertThat(inUse.limits()).isEqualTo(OverloadLimits.NONE.withConnections(2));
        for (int i = 0; i < 20; i++) {
            assertThat(call(session, "/a").isOk()).isTrue();
        }
        assertThat(isServed(dial())).isTrue();

        inUse.limits(OverloadLimits.NONE.withConnections(1));
        assertThat(isServed(session)).as("those that are there stay").isTrue();
        assertThat(end(dial()).reason()).isEqualTo(CloseReason.REMOTE);
    }

    @Test
    void aRateThatStaysTheSameGoesOnWhereItWas() {
        listen(OverloadLimits.NONE.withRate(2).withRoute("/a", 1));
        Session session = dial();
        assertThat(call(session, "/a").isOk()).isTrue();
        plugin.limits(plugin.limits().withRate(5));
        assertThat(call(session, "/a")).isEqualTo(Status.of(500, "qps overload, handler_limit=1"));
        plugin.limits(plugin.limits().withRoute("/a", 0));
        assertThat(call(session, "/a").isOk()).isTrue();
    }

    @Test
    void impossibleLimitsAreRefused() {
        assertThatThrownBy(() -> OverloadLimits.NONE.withConnections(-1))
                .hasMessage("Limit 'connections' is -1 (expected 1 or more, or 0 for no limit)");
        assertThatThrownBy(() -> OverloadLimits.NONE.withConnectionsPerAddress(-1))
                .hasMessageContaining("'connections-per-address' is -1");
        assertThatThrownBy(() -> OverloadLimits.NONE.withRate(-1)).hasMessageContaining("'rate' is -1");
        assertThatThrownBy(() -> OverloadLimits.NONE.withRatePerSession(-1))
                .hasMessageContaining("'rate-per-session' is -1");
        assertThatThrownBy(() -> new OverloadLimits(0, 0, 0, 0, Map.of("/a", 0)))
                .hasMessage("Limit '/a' of the routes is 0 (expected 1 or more; a route without limit is left out)");
    }
}
