package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sessions close gracefully, once, from anywhere, and within a limit (G4, G5). */
abstract class CloseContract extends PeerPair {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private void connectWithWaitingRoute() {
        connect();
        server.router()
                .call("/wait", void.class, (context, nothing) -> {
                    reached.complete(null);
                    return answer;
                })
                .call("/echo", String.class, (context, text) -> text);
        client.router().call("/client/echo", String.class, (context, text) -> text);
    }

    private static CloseCause end(Session ended) throws Exception {
        return ended.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void closingWaitsForPendingCallsAndAdmitsNoNewOne() throws Exception {
        connectWithWaitingRoute();
        CompletableFuture<String> pending = session.callAsync("/wait", null, String.class);
        soon(reached);
        session.close(MINUTE);
        assertThat(session.state()).isEqualTo(SessionState.CLOSING);
        assertThat(session.isHealthy()).isFalse();
        assertThat(client.sessions().get(session.id())).isEmpty();
        Status closed = Status.of(102, "Connection Closed", "");
        assertThat(refusal(() -> session.call("/echo", "x", String.class))).isEqualTo(closed);
        assertThat(refusal(session.callAsync("/echo", "x", String.class))).isEqualTo(closed);
        assertThat(refusal(() -> session.push("/p", "x"))).isEqualTo(closed);
        assertThat(serverSession().call("/client/echo", "still served", String.class))
                .isEqualTo("still served");
        answer.complete("done");
        assertThat(soon(pending)).isEqualTo("done");
        assertThat(end(session).reason()).isEqualTo(CloseReason.LOCAL);
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void closingWaitsForRunningHandlersAndSendsTheirReplies() throws Exception {
        connectWithWaitingRoute();
        CompletableFuture<String> call = session.callAsync("/wait", null, String.class);
        soon(reached);
        Session there = serverSession();
        there.close(MINUTE);
        answer.complete("done");
        assertThat(soon(call)).isEqualTo("done");
        assertThat(end(there).reason()).isEqualTo(CloseReason.LOCAL);
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
    }

    @Test
    void afterTheGracePeriodWhatIsLeftEndsWith102() throws Exception {
        connectWithWaitingRoute();
        CompletableFuture<String> pending = session.callAsync("/wait", null, String.class);
        soon(reached);
        session.close(Duration.ofMillis(50));
        assertThat(refusal(pending)).isEqualTo(Status.of(102, "Connection Closed", ""));
        assertThat(end(session).reason()).isEqualTo(CloseReason.LOCAL);
        answer.complete("nobody waits");
    }

    @Test
    void thePendingCallsOfTheOtherSideEndWith102() throws Exception {
        connectWithWaitingRoute();
        CompletableFuture<String> pending = session.callAsync("/wait", null, String.class);
        soon(reached);
        serverSession().close(Duration.ZERO);
        assertThat(refusal(pending)).isEqualTo(Status.of(102, "Connection Closed", ""));
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
    }

    @Test
    void theFirstReasonCountsHoweverOftenItIsClosed() throws Exception {
        connect();
        session.close(Duration.ZERO, CloseReason.UNAUTHORIZED, "no ticket");
        session.close();
        session.close(Duration.ZERO, CloseReason.KICKED, "too late");
        CloseCause cause = end(session);
        assertThat(cause.reason()).isEqualTo(CloseReason.UNAUTHORIZED);
        assertThat(cause.detail()).isEqualTo("no ticket");
        assertThat(client.sockets().closed()).singleElement().satisfies(last -> {
            assertThat(last.closeReason()).isEqualTo(CloseReason.UNAUTHORIZED);
            assertThat(last.error()).isEqualTo("no ticket");
        });
        assertThat(refusal(() -> session.push("/p", 1))).isEqualTo(Status.of(102, "Connection Closed", "no ticket"));
    }

    @Test
    void concurrentClosesEndItOnce() throws Exception {
        connect();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<CloseCause>> closes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String detail = "closer " + i;
                closes.add(threads.submit(() -> {
                    go.await();
                    return session.close(Duration.ZERO, CloseReason.KICKED, detail)
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS);
                }));
            }
            go.countDown();
            CloseCause only = end(session);
            for (Future<CloseCause> close : closes) {
                assertThat(close.get()).isSameAs(only);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aHandlerMayCloseItsSessionAndItsReplyStillGoesOut() throws Exception {
        connect();
        server.router().call("/bye", String.class, (context, text) -> {
            context.session().close();
            context.session().close();
            return "bye " + text;
        });
        assertThat(session.call("/bye", "ada", String.class)).isEqualTo("bye ada");
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
    }

    @Test
    void aCallbackMayCloseItsSession() throws Exception {
        connectWithWaitingRoute();
        CompletableFuture<Void> closed =
                session.callAsync("/echo", "x", String.class).thenAccept(text -> session.close());
        soon(closed);
        assertThat(end(session).reason()).isEqualTo(CloseReason.LOCAL);
    }

    @Test
    void closingAPeerLetsCallsEndAndClosesItsSessionsWithShutdown() throws Exception {
        connectWithWaitingRoute();
        CompletableFuture<String> pending = session.callAsync("/wait", null, String.class);
        soon(reached);
        CompletableFuture<Void> closed = server.closeAsync();
        answer.complete("done");
        assertThat(soon(pending)).isEqualTo("done");
        soon(closed);
        assertThat(server.state()).isEqualTo(PeerState.CLOSED);
        assertThat(server.sockets().closed())
                .singleElement()
                .satisfies(last -> assertThat(last.closeReason()).isEqualTo(CloseReason.SHUTDOWN));
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
    }

    @Test
    void bothEndsHaveTheClientsAddressAsId() {
        connectWithWaitingRoute();
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        assertThat(session.id()).isEqualTo(session.localAddress());
        assertThat(serverSession().id()).isEqualTo(session.id());
        assertThat(server.sessions().get(session.id())).isPresent();
    }

    @Test
    void aRenamedSessionIsFoundUnderItsNewIdOnly() {
        connect();
        String address = session.id();
        session.rename("ada");
        assertThat(session.id()).isEqualTo("ada");
        assertThat(client.sessions().get("ada")).containsSame(session);
        assertThat(client.sessions().get(address)).isEmpty();
        assertThat(client.sessions().count()).isEqualTo(1);
        session.rename("ada");
        assertThat(session.isHealthy()).isTrue();
        session.rename("");
        assertThat(client.sessions().get(address)).containsSame(session);
    }

    @Test
    void theRegistryRenamesByIdAndTellsWhereThereIsNobody() {
        connect();
        assertThat(client.sessions().rename(session.id(), "ada")).isTrue();
        assertThat(session.id()).isEqualTo("ada");
        assertThat(client.sessions().rename("nobody", "ada")).isFalse();
        assertThat(client.sessions().get("ada")).containsSame(session);
    }

    @Test
    void aNewHolderOfAnIdKicksTheOldOneAndStaysWhenThatEnds() throws Exception {
        connect();
        Session second = client.dial(server.listening().get(0).toString());
        session.rename("ada");
        second.rename("ada");
        assertThat(client.sessions().get("ada")).containsSame(second);
        assertThat(end(session).reason()).isEqualTo(CloseReason.KICKED);
        assertThat(client.sessions().get("ada")).containsSame(second);
        assertThat(client.sessions().count()).isEqualTo(1);
        assertThat(second.isHealthy()).isTrue();
    }

    @Test
    void renamingAClosedSessionDoesNotBringItBack() throws Exception {
        connect();
        session.close(Duration.ZERO);
        end(session);
        session.rename("ghost");
        assertThat(client.sessions().get("ghost")).isEmpty();
        assertThat(client.sessions().count()).isZero();
    }
}
