package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Race;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ids of sessions and how a peer finds, counts and closes them by these. */
class SessionIndexTests extends PeerPair {

    private static final int ROUNDS = 300;

    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    String address() {
        return "local://session-index";
    }

    private Session another() {
        return client.dial(server.listening().get(0).toString());
    }

    private static CloseCause end(Session ended) throws Exception {
        return ended.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private void connectWithRoutes() {
        connect();
        server.router().call("/echo", String.class, (context, text) -> text);
        client.router()
                .call("/client/echo", String.class, (context, text) -> text)
                .call("/client/wait", void.class, (context, nothing) -> {
                    reached.complete(null);
                    return answer;
                });
    }

    @Test
    void theOtherSideIsNotToldOfANewId() {
        connectWithRoutes();
        String address = session.id();
        session.rename("ada");
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        assertThat(serverSession().id()).isEqualTo(address);
        assertThat(server.sessions().get("ada")).isEmpty();
    }

    @Test
    void theSameIdAgainChangesNothing() throws Exception {
        connect();
        Session other = another();
        session.rename("ada");
        session.rename("ada");
        other.rename("");
        other.rename("");
        assertThat(session.isHealthy()).isTrue();
        assertThat(other.isHealthy()).isTrue();
        assertThat(client.sessions().get("ada")).containsSame(session);
        assertThat(client.sessions().count()).isEqualTo(2);
    }

    @Test
    void aSessionLeavesTheIndexAsSoonAsClosingBegins() throws Exception {
        connectWithRoutes();
        session.rename("ada");
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        CompletableFuture<String> asked = serverSession().callAsync("/client/wait", null, String.class);
        soon(reached);

        session.close(Duration.ofMinutes(1));

        assertThat(session.state()).isEqualTo(SessionState.CLOSING);
        assertThat(client.sessions().get("ada")).isEmpty();
        assertThat(client.sessions().count()).isZero();
        assertThat(client.sessions().stream()).isEmpty();
        assertThat(session.closeFuture().toCompletableFuture()).isNotDone();
        answer.complete("done");
        assertThat(soon(asked)).isEqualTo("done");
        assertThat(end(session).reason()).isEqualTo(CloseReason.LOCAL);
    }

    @Test
    void aSessionLeavesTheIndexAsSoonAsTheOtherSideIsGoneThoughItsHandlersRun() throws Exception {
        connectWithRoutes();
        session.rename("ada");
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        serverSession().callAsync("/client/wait", null, String.class);
        soon(reached);

        serverSession().close(Duration.ZERO);

        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(client.sessions().get("ada")).isEmpty();
        assertThat(client.sessions().count()).isZero();
        answer.complete("nobody waits");
    }

    @Test
    void aSessionIsHealthyWhileItRunsAndNoLonger() throws Exception {
        connect();
        assertThat(session.isHealthy()).isTrue();
        session.close(Duration.ZERO);
        assertThat(session.isHealthy()).isFalse();
        end(session);
        assertThat(session.isHealthy()).isFalse();
    }

    @Test
    void takingAnIdDoesNotWaitForTheOldHolderWhoseHandlersMayEnd() throws Exception {
        connectWithRoutes();
        session.rename("ada");
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        CompletableFuture<String> asked = serverSession().callAsync("/client/wait", null, String.class);
        soon(reached);
        Session second = another();

        second.rename("ada");

        assertThat(client.sessions().get("ada")).containsSame(second);
        assertThat(session.state()).isEqualTo(SessionState.CLOSING);
        answer.complete("done");
        assertThat(soon(asked)).isEqualTo("done");
        CloseCause cause = end(session);
        assertThat(cause.reason()).isEqualTo(CloseReason.KICKED);
        assertThat(cause.detail()).isEqualTo("its id was taken by a newer session");
    }

    @Test
    void theNewHolderOfAnIdIsFoundCountedAndClosedByThePeer() throws Exception {
        connect();
        Session second = another();
        session.rename("ada");
        second.rename("ada");
        assertThat(end(session).reason()).isEqualTo(CloseReason.KICKED);

        assertThat(client.sessions().get("ada")).containsSame(second);
        assertThat(client.sessions().count()).isEqualTo(1);
        assertThat(client.sessions().stream()).containsExactly(second);
        client.close();
        assertThat(end(second).reason()).isEqualTo(CloseReason.SHUTDOWN);
        assertThat(client.sockets().openCount()).isZero();
    }

    @Test
    void aKickedSessionThatIsRenamedStaysOutOfTheIndex() throws Exception {
        connectWithRoutes();
        session.rename("ada");
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        CompletableFuture<String> asked = serverSession().callAsync("/client/wait", null, String.class);
        soon(reached);
        Session second = another();
        second.rename("ada");

        session.rename("bob");

        assertThat(client.sessions().get("bob")).isEmpty();
        assertThat(client.sessions().get("ada")).containsSame(second);
        assertThat(client.sessions().count()).isEqualTo(1);
        answer.complete("done");
        soon(asked);
    }

    @Test
    @Timeout(300)
    void aRenameThatMeetsACloseLeavesNothingBehind() throws Exception {
        connect();
        race((race, round) -> {
            Session renamed = another();
            String id = "round " + round;
            race.together(() -> renamed.rename(id), () -> renamed.close(Duration.ZERO));
            end(renamed);
            assertThat(client.sessions().get(id)).isEmpty();
            assertThat(client.sessions().get(renamed.localAddress())).isEmpty();
            assertThat(client.sessions().stream()).containsExactly(session);
        });
    }

    @Test
    @Timeout(300)
    void ofTwoSessionsThatTakeOneIdAtOnceExactlyOneStays() throws Exception {
        connect();
        race((race, round) -> {
            Session first = another();
            Session second = another();
            race.together(() -> first.rename("ada"), () -> second.rename("ada"));
            Session holder = client.sessions().get("ada").orElseThrow();
            Session other = holder.equals(first) ? second : first;
            assertThat(holder.isHealthy()).isTrue();
            assertThat(end(other).reason()).isEqualTo(CloseReason.KICKED);
            assertThat(client.sessions().stream()).containsExactlyInAnyOrder(session, holder);
            holder.close(Duration.ZERO);
            end(holder);
        });
    }

    @Test
    @Timeout(300)
    void aSessionRenamedByTwoIsFoundUnderTheIdItHas() throws Exception {
        connect();
        race((race, round) -> {
            race.together(() -> session.rename("ada"), () -> session.rename("bob"));
            assertThat(client.sessions().get(session.id())).containsSame(session);
            String other = session.id().equals("ada") ? "bob" : "ada";
            assertThat(client.sessions().get(other)).isEmpty();
            assertThat(client.sessions().count()).isEqualTo(1);
        });
    }

    @Test
    @Timeout(300)
    void aSessionThatIsRenamedAgainAndAgainIsSeenOnceAtEveryMoment() throws Exception {
        connect();
        Session other = another();
        AtomicBoolean done = new AtomicBoolean();
        try (Race race = new Race()) {
            race.together(
                    () -> {
                        for (int i = 0; !done.get(); i++) {
                            session.rename("id " + i % 1_000);
                        }
                    },
                    () -> {
                        try {
                            for (int i = 0; i < 20_000; i++) {
                                assertThat(client.sessions().stream().toList())
                                        .containsExactlyInAnyOrder(session, other);
                                assertThat(client.sessions().count()).isEqualTo(2);
                            }
                        } finally {
                            done.set(true);
                        }
                    });
        }
    }

    private interface Round {
        void run(Race race, int round) throws Exception;
    }

    private static void race(Round rounds) throws Exception {
        try (Race race = new Race()) {
            for (int round = 0; round < ROUNDS; round++) {
                rounds.run(race, round);
            }
        }
    }
}
