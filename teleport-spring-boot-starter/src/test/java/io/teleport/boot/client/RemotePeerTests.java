package io.teleport.boot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.StatusException;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.plugin.PostAcceptHook;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.session.WhileRedialing;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemotePeerTests {

    private static final String ADDRESS = "local://remote-peer-tests";

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
        return remote(WhileRedialing.WAIT, addresses);
    }

    private RemotePeer remote(WhileRedialing whileRedialing, String... addresses) {
        RedialPolicy quick = RedialPolicy.standard()
                .withDelay(RedialDelay.fixed(Duration.ofMillis(1)))
                .whileRedialing(whileRedialing);
        return new RemotePeer(client, DialOptions.to(addresses).redial(quick));
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
    }

    @Test
    void whereCallsAreToFailCallersFailAtOnceAfterAFailureUntilALaterAttemptSucceeds() throws Exception {
        server.close();
        remote = remote(WhileRedialing.FAIL, ADDRESS);
        remote.start();
        awaitError();

        assertUnavailable("connection refused");
        server = listening(ADDRESS);

        awaitState(remote, ConnectionState.CONNECTED);
        assertThat(session().isHealthy()).isTrue();
    }

    @Test
    void whereCallsAreToWaitCallersWaitForALaterAttemptToo() throws Exception {
        server.close();
        remote.start();
        awaitError();

        CompletableFuture<Session> waiting = remote.session();
        server = listening(ADDRESS);

        assertThat(waiting.get(20, TimeUnit.SECONDS).isHealthy()).isTrue();
    }

    /** The address of a failed attempt is told to nobody here, so it is looked at until it is there. */
    private void awaitError() {
        long began = System.nanoTime();
        while (remote.lastError() == null) {
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("%s should have failed", remote)
                    .isLessThan(Duration.ofSeconds(60));
            Thread.onSpinWait();
        }
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
    void aSessionWhoseConnectionTheOtherSideEndsIsDialedAgainAndStaysTheSame() throws Exception {
        Session session = session();

        server.close();
        server = listening(ADDRESS);
        server.router().call("/echo", String.class, (context, text) -> text);

        assertThat(session.call("/echo", "again", String.class)).isEqualTo("again");
        assertThat(session()).isSameAs(session);
        awaitState(remote, ConnectionState.CONNECTED);
    }

    @Test
    void aSessionThatAnOperatorKickedIsDialedAgain() throws Exception {
        Session first = session();

        first.close(Duration.ZERO, CloseReason.KICKED, "").toCompletableFuture().get(20, TimeUnit.SECONDS);

        long began = System.nanoTime();
        while (session().equals(first)) {
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("%s should have another session", remote)
                    .isLessThan(Duration.ofSeconds(60));
            Thread.onSpinWait();
        }
        assertThat(session().isHealthy()).isTrue();
    }

    @Test
    void aSessionThatTheApplicationClosedIsNotDialedAgain() throws Exception {
        Session session = session();

        session.close(Duration.ZERO);

        awaitState(remote, ConnectionState.CLOSED);
    }

    @Test
    void stoppingEndsTheWaitingOfCallers() {
        server.close();
        CompletableFuture<Session> waiting = remote.session();

        remote.stop();

        assertThatThrownBy(() -> waiting.orTimeout(20, TimeUnit.SECONDS).join())
                .cause()
                .isInstanceOf(StatusException.class);
        assertThat(remote.state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void onlyTheMovesOfTheTableAreLegal() {
        Map<ConnectionState, Set<ConnectionState>> table = Map.of(
                ConnectionState.NEW, Set.of(ConnectionState.CONNECTING, ConnectionState.CLOSED),
                ConnectionState.CONNECTING,
                        Set.of(
                                ConnectionState.NEW,
                                ConnectionState.CONNECTED,
                                ConnectionState.WAITING,
                                ConnectionState.CLOSED),
                ConnectionState.CONNECTED,
                        Set.of(
                                ConnectionState.NEW,
                                ConnectionState.CONNECTING,
                                ConnectionState.WAITING,
                                ConnectionState.CLOSED),
                ConnectionState.WAITING,
                        Set.of(ConnectionState.NEW, ConnectionState.CONNECTING, ConnectionState.CLOSED),
                ConnectionState.CLOSED, Set.of());
        for (ConnectionState from : ConnectionState.values()) {
            for (ConnectionState to : ConnectionState.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(table.get(from).contains(to));
            }
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
