package io.teleport.boot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.plugin.PostAcceptHook;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemotePeerTests {

    private static final String ADDRESS = "local://remote-peer-tests";

    private final CapturedTimer timer = new CapturedTimer();

    private final Peer client = Peer.client();

    private Peer server = listening(ADDRESS);

    private RemotePeer remote = remote(ADDRESS);

    @AfterEach
    void close() {
        remote.stop();
        client.close();
        server.close();
    }

    private static Peer listening(String address) {
        return Peer.builder()
                .name("server")
                .listen(address)
                .closeTimeout(Duration.ZERO)
                .build()
                .start();
    }

    private RemotePeer remote(String... addresses) {
        return new RemotePeer(
                client,
                List.of(addresses),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), bound -> bound),
                timer);
    }

    private Session session() throws Exception {
        return remote.session().get(20, TimeUnit.SECONDS);
    }

    @Test
    void theFirstUseConnectsAndLaterOnesGiveTheSameSession() throws Exception {
        assertThat(remote.state()).isEqualTo(ConnectionState.NEW);

        Session session = session();

        assertThat(session.isHealthy()).isTrue();
        assertThat(session()).isSameAs(session);
        assertThat(remote.state()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(remote.connectedAddress()).isEqualTo(ADDRESS);
        assertThat(remote.lastError()).isNull();
    }

    @Test
    void callersWaitForTheFirstConnection() throws Exception {
        CountDownLatch mayAccept = new CountDownLatch(1);
        server.close();
        server = Peer.builder()
                .listen(ADDRESS)
                .plugin(new PostAcceptHook() {
                    @Override
                    public String name() {
                        return "slow";
                    }

                    @Override
                    public void postAccept(Session session) throws Exception {
                        mayAccept.await();
                    }
                })
                .build()
                .start();
        remote = remote("local://nobody", ADDRESS);

        CompletableFuture<Session> session = remote.session();
        mayAccept.countDown();

        assertThat(session.get(20, TimeUnit.SECONDS).isHealthy()).isTrue();
    }

    @Test
    void addressesAreTriedInOrder() throws Exception {
        remote = remote("local://nobody", "local://nobody-either", ADDRESS);

        session();

        assertThat(remote.connectedAddress()).isEqualTo(ADDRESS);
        assertThat(timer.delays).isEmpty();
    }

    @Test
    void afterAFailureCallersFailAtOnceUntilALaterAttemptSucceeds() throws Exception {
        server.close();

        assertUnavailable("connection refused");
        assertThat(remote.state()).isEqualTo(ConnectionState.WAITING);
        timer.next().run();
        timer.next().run();
        Runnable third = timer.next();
        assertUnavailable("connection refused");
        server = listening(ADDRESS);
        third.run();

        awaitState(remote, ConnectionState.CONNECTED);
        assertThat(session().isHealthy()).isTrue();
        assertThat(timer.delays).containsExactly(100L, 200L, 400L);
    }

    private void assertUnavailable(String why) {
        assertThatThrownBy(
                        () -> remote.session().orTimeout(20, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StatusException.class,
                        e -> assertThat(e.status().code()).isEqualTo(105))
                .hasMessageContainingAll("peer 'teleport' is not connected to", why);
    }

    @Test
    void aSessionThatTheOtherSideEndsIsDialedAgain() throws Exception {
        Session first = session();

        server.close();
        first.closeFuture().toCompletableFuture().get(20, TimeUnit.SECONDS);
        server = listening(ADDRESS);
        timer.next().run();

        awaitState(remote, ConnectionState.CONNECTED);
        assertThat(session())
                .isNotSameAs(first)
                .satisfies(next -> assertThat(next.isHealthy()).isTrue());
    }

    @Test
    void aSessionThatAnOperatorKickedIsDialedAgain() throws Exception {
        Session first = session();

        first.close(Duration.ZERO, CloseReason.KICKED, "").toCompletableFuture().get(20, TimeUnit.SECONDS);
        timer.next().run();

        awaitState(remote, ConnectionState.CONNECTED);
        assertThat(session()).isNotSameAs(first);
    }

    @Test
    void aSessionThatTheApplicationClosedIsNotDialedAgain() throws Exception {
        Session session = session();

        session.close(Duration.ZERO);

        awaitState(remote, ConnectionState.CLOSED);
        assertUnavailable("LOCAL");
        assertThat(timer.tasks).isEmpty();
    }

    @Test
    void stoppingEndsTheWaitingOfCallers() {
        server.close();
        assertUnavailable("connection refused");

        remote.stop();

        assertThat(timer.cancelled).hasValue(1);
        assertThat(remote.state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void onlyTheMovesOfTheTableAreLegal() {
        Map<ConnectionState, Set<ConnectionState>> table = Map.of(
                ConnectionState.NEW, Set.of(ConnectionState.CONNECTING, ConnectionState.CLOSED),
                ConnectionState.CONNECTING,
                        Set.of(ConnectionState.CONNECTED, ConnectionState.WAITING, ConnectionState.CLOSED),
                ConnectionState.CONNECTED, Set.of(ConnectionState.WAITING, ConnectionState.CLOSED),
                ConnectionState.WAITING, Set.of(ConnectionState.CONNECTING, ConnectionState.CLOSED),
                ConnectionState.CLOSED, Set.of());
        for (ConnectionState from : ConnectionState.values()) {
            for (ConnectionState to : ConnectionState.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(table.get(from).contains(to));
            }
        }
    }

    /** Keeps what should run later until the test lets it run. */
    private static final class CapturedTimer implements RedialTimer {

        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

        private final List<Long> delays = new CopyOnWriteArrayList<>();

        private final AtomicInteger cancelled = new AtomicInteger();

        @Override
        public Runnable after(Duration delay, Runnable task) {
            delays.add(delay.toMillis());
            tasks.add(task);
            return cancelled::incrementAndGet;
        }

        Runnable next() throws InterruptedException {
            Runnable task = tasks.poll(20, TimeUnit.SECONDS);
            assertThat(task).as("something to run later").isNotNull();
            return task;
        }
    }

    /** The state changes on a completion thread of the peer and tells nobody, so it is looked at until it is there. */
    private static void awaitState(RemotePeer remote, ConnectionState state) {
        long began = System.nanoTime();
        while (remote.state() != state) {
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("%s should become %s; waiting for", remote, state)
                    .isLessThan(Duration.ofSeconds(60));
            Thread.onSpinWait();
        }
    }
}
