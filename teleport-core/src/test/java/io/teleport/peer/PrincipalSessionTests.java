package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.LoginPolicy;
import io.teleport.session.Principal;
import io.teleport.session.PushReport;
import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Eventually;
import io.teleport.testing.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is logged in on which session, what a peer does about a second login, and pushes to whoever is there. */
class PrincipalSessionTests extends PeerPair {

    private static final int ROUNDS = 200;

    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }

    private void connect(LoginPolicy policy) {
        connect(options -> options.loginPolicy(policy), options -> options);
        server.router()
                .call("/login", String.class, (context, name) -> {
                    context.session().login(Principal.of(name));
                    return null;
                })
                .call(
                        "/who",
                        void.class,
                        (context, nothing) ->
                                context.session().requirePrincipal().name())
                .call("/wait", void.class, (context, nothing) -> {
                    reached.complete(null);
                    return answer;
                });
    }

    private Session another() {
        return client.dial(server.listening().get(0).toString());
    }

    private static void login(Session session, String name) {
        session.call("/login", name, void.class);
    }

    private static CloseCause end(Session ended) throws Exception {
        return ended.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private Session onServer(Session dialed) {
        return Eventually.present(
                "the session of the server", () -> server.sessions().get(dialed.localAddress()));
    }

    @Test
    void nobodyIsLoggedInUntilTheApplicationSaysSo() {
        connect(LoginPolicy.ALLOW_MANY);
        assertThat(refusal(() -> session.call("/who", null, String.class)))
                .isEqualTo(Status.of(401, "Unauthorized", "not logged in"));
        assertThat(onServer(session).principal()).isNull();
        login(session, "ada");
        assertThat(session.call("/who", null, String.class)).isEqualTo("ada");
        assertThat(onServer(session).principal()).isEqualTo(Principal.of("ada"));
        assertThat(session.principal()).as("the other side's business").isNull();
    }

    @Test
    void aLoginIsForTheWholeSession() {
        connect(LoginPolicy.ALLOW_MANY);
        login(session, "ada");
        Session there = onServer(session);
        assertThatThrownBy(() -> there.login(Principal.of("bob")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is logged in already, as ada");
        assertThat(there.principal()).isEqualTo(Principal.of("ada"));
        assertThat(server.sessions().ofPrincipal("bob")).isEmpty();
    }

    @Test
    void aSessionThatHasEndedTakesNoLogin() throws Exception {
        connect(LoginPolicy.ALLOW_MANY);
        session.close(Duration.ZERO);
        end(session);
        assertThat(refusal(() -> session.login(Principal.of("ada"))))
                .isEqualTo(Status.of(102, "Connection Closed", ""));
        assertThat(session.principal()).isNull();
        assertThat(client.sessions().ofPrincipal("ada")).isEmpty();
    }

    @Test
    void manySessionsOfOnePrincipalAreAllowedUnlessThePolicySaysOtherwise() {
        connect(LoginPolicy.ALLOW_MANY);
        assertThat(PeerDefaults.LOGIN_POLICY).isEqualTo(LoginPolicy.ALLOW_MANY);
        Session second = another();
        login(session, "ada");
        login(second, "ada");
        assertThat(server.sessions().ofPrincipal("ada")).containsExactlyInAnyOrder(onServer(session), onServer(second));
        assertThat(server.sessions().ofPrincipal("bob")).isEmpty();
    }

    @Test
    void theOldestIsReplacedAtOnceThoughItsHandlersRun() throws Exception {
        connect(LoginPolicy.REPLACE_OLDEST);
        login(session, "ada");
        CompletableFuture<String> running = session.callAsync("/wait", null, String.class);
        soon(reached);
        Session old = onServer(session);
        Session second = another();

        login(second, "ada");

        assertThat(server.sessions().ofPrincipal("ada")).containsExactly(onServer(second));
        CloseCause cause = end(old);
        assertThat(cause.reason()).isEqualTo(CloseReason.KICKED);
        assertThat(cause.detail()).isEqualTo("replaced by a newer login of ada");
        assertThat(refusal(running).code()).isEqualTo(102);
        assertThat(second.call("/who", null, String.class)).isEqualTo("ada");
        answer.complete("nobody waits");
    }

    @Test
    void othersAreNotReplaced() {
        connect(LoginPolicy.REPLACE_OLDEST);
        Session second = another();
        login(session, "ada");
        login(second, "bob");
        assertThat(session.call("/who", null, String.class)).isEqualTo("ada");
        assertThat(second.call("/who", null, String.class)).isEqualTo("bob");
    }

    @Test
    void aHalfDeadSessionIsReplacedLikeAnyOther() throws Exception {
        connect(LoginPolicy.REPLACE_OLDEST);
        try (WireClient silent = new WireClient(server)) {
            Session old = awaitOther(onServer(session));
            old.login(Principal.of("ada"));
            PushReport report = server.sessions().push("ada", "/fill", new byte[1 << 20]);
            while (report.refused().isEmpty()) {
                report = server.sessions().push("ada", "/fill", new byte[1 << 20]);
            }
            assertThat(report.refused())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.status().code()).isEqualTo(104));

            login(session, "ada");

            assertThat(session.call("/who", null, String.class)).isEqualTo("ada");
            assertThat(server.sessions().ofPrincipal("ada")).containsExactly(onServer(session));
            assertThat(old.state()).isIn(SessionState.CLOSING, SessionState.CLOSED);
            assertThat(end(old).reason()).isEqualTo(CloseReason.KICKED);
            silent.awaitEnd();
        }
    }

    private Session awaitOther(Session known) {
        return Eventually.present(
                "another session",
                () -> server.sessions().stream()
                        .filter(found -> !found.equals(known))
                        .findFirst());
    }

    @Test
    void aNewLoginIsRefusedWhileTheOldOneIsThere() throws Exception {
        connect(LoginPolicy.REFUSE_NEW);
        Session second = another();
        login(session, "ada");
        assertThat(refusal(() -> login(second, "ada")))
                .isEqualTo(Status.of(401, "Unauthorized", "principal 'ada' is logged in already"));
        assertThat(onServer(second).principal()).isNull();
        assertThat(second.isHealthy()).isTrue();
        login(second, "bob");
        assertThat(second.call("/who", null, String.class)).isEqualTo("bob");
        assertThat(session.call("/who", null, String.class)).isEqualTo("ada");
    }

    @Test
    void aNewLoginIsAcceptedOnceTheOldOneCloses() throws Exception {
        connect(LoginPolicy.REFUSE_NEW);
        login(session, "ada");
        CompletableFuture<String> running = session.callAsync("/wait", null, String.class);
        soon(reached);
        Session old = onServer(session);
        old.close(Duration.ofMinutes(1));
        assertThat(old.state()).isEqualTo(SessionState.CLOSING);
        Session second = another();

        login(second, "ada");

        assertThat(server.sessions().ofPrincipal("ada")).containsExactly(onServer(second));
        answer.complete("done");
        assertThat(soon(running)).isEqualTo("done");
        end(old);
        assertThat(server.sessions().ofPrincipal("ada")).containsExactly(onServer(second));
    }

    @Test
    void socketsShowWhoIsLoggedInAlsoAfterTheirEnd() throws Exception {
        connect(LoginPolicy.ALLOW_MANY);
        Session there = awaitOther(session);
        assertThat(server.sockets().open())
                .singleElement()
                .satisfies(socket -> assertThat(socket.principal()).isNull());
        login(session, "ada");
        assertThat(server.sockets().open())
                .singleElement()
                .satisfies(socket -> assertThat(socket.principal()).isEqualTo("ada"));
        there.close(Duration.ZERO);
        end(there);
        assertThat(server.sockets().closed())
                .singleElement()
                .satisfies(socket -> assertThat(socket.principal()).isEqualTo("ada"));
    }

    @Test
    void aPushReachesAllSessionsOfAPrincipalAndSaysWhoIsOffline() throws Exception {
        connect(LoginPolicy.ALLOW_MANY);
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        client.router()
                .push(
                        "/news",
                        String.class,
                        (context, text) -> arrived.add(context.session().localAddress() + " " + text));
        Session second = another();
        Session third = another();
        login(session, "ada");
        login(second, "ada");
        login(third, "bob");

        PushReport report = server.sessions().push("ada", "/news", "hello");

        assertThat(report).isEqualTo(new PushReport(2, Set.of(), List.of()));
        assertThat(List.of(take(arrived), take(arrived)))
                .containsExactlyInAnyOrder(session.localAddress() + " hello", second.localAddress() + " hello");
        assertThat(server.sessions().push("carl", "/news", "hello"))
                .isEqualTo(new PushReport(0, Set.of("carl"), List.of()));
        assertThat(server.sessions().push(List.of("bob", "carl", "bob"), "/news", "all"))
                .isEqualTo(new PushReport(1, Set.of("carl"), List.of()));
        assertThat(take(arrived)).isEqualTo(third.localAddress() + " all");
        assertThat(arrived).isEmpty();
    }

    private static String take(BlockingQueue<String> arrived) throws InterruptedException {
        String next = arrived.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void aPushThatIsRefusedSaysWhereAndWhy() {
        connect(LoginPolicy.ALLOW_MANY);
        login(session, "ada");
        assertThat(server.sessions().push("ada", "/" + "x".repeat(300), "hello").refused())
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.principal()).isEqualTo("ada");
                    assertThat(refused.session()).isEqualTo(onServer(session).id());
                    assertThat(refused.status().code()).isEqualTo(104);
                });
    }

    @Test
    @Timeout(300)
    void ofTwoLoginsAtOnceExactlyOneReplacesTheOther() throws Exception {
        connect(LoginPolicy.REPLACE_OLDEST);
        try (Race race = new Race()) {
            for (int round = 0; round < ROUNDS; round++) {
                Session first = another();
                Session second = another();
                race.together(() -> tryLogin(first), () -> tryLogin(second));
                assertThat(server.sessions().ofPrincipal("ada")).hasSize(1);
                Session winner = server.sessions().ofPrincipal("ada").toList().get(0);
                boolean firstWon = winner.remoteAddress().equals(first.localAddress());
                end(firstWon ? second : first);
                assertThat((firstWon ? first : second).call("/who", null, String.class))
                        .isEqualTo("ada");
                assertThat(server.sessions().ofPrincipal("ada")).containsExactly(winner);
            }
        }
    }

    /** The reply may be lost to the other login. */
    private static void tryLogin(Session session) throws Exception {
        session.request("/login").callAsync("ada", void.class).get(60, TimeUnit.SECONDS);
    }

    @Test
    @Timeout(300)
    void ofTwoLoginsAtOnceExactlyOneIsRefused() throws Exception {
        connect(LoginPolicy.REFUSE_NEW);
        try (Race race = new Race()) {
            for (int round = 0; round < ROUNDS; round++) {
                Session first = another();
                Session second = another();
                List<Status> outcomes = new ArrayList<>();
                race.together(() -> add(outcomes, first), () -> add(outcomes, second));
                assertThat(outcomes).extracting(Status::code).containsExactlyInAnyOrder(0, 401);
                List<Session> winners = server.sessions().ofPrincipal("ada").toList();
                assertThat(winners).hasSize(1);
                winners.get(0).close(Duration.ZERO);
            }
        }
    }

    private static void add(List<Status> outcomes, Session session) throws Exception {
        Status outcome = session.request("/login")
                .callAsync("ada", void.class)
                .get(60, TimeUnit.SECONDS)
                .status();
        synchronized (outcomes) {
            outcomes.add(outcome);
        }
    }

    @Test
    @Timeout(300)
    void aLoginThatMeetsAnEndLeavesNobodyLoggedIn() throws Exception {
        connect(LoginPolicy.REFUSE_NEW);
        try (Race race = new Race()) {
            for (int round = 0; round < ROUNDS; round++) {
                Session next = another();
                race.together(
                        () -> {
                            try {
                                next.login(Principal.of("ada"));
                            } catch (StatusException e) {
                                assertThat(e.status().code()).isEqualTo(102);
                            }
                        },
                        () -> next.close(Duration.ZERO));
                end(next);
                assertThat(client.sessions().ofPrincipal("ada")).isEmpty();
            }
            session.login(Principal.of("ada"));
        }
    }
}
