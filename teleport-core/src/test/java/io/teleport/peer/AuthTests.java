package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.AuthChecker;
import io.teleport.session.LoginPolicy;
import io.teleport.session.Principal;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.testing.LoggedLines;
import io.teleport.testing.Race;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both sides of the auth plugin together, on whatever carries the messages. */
class AuthTests extends PeerPair {

    private String address = "tcp://127.0.0.1:0";

    private String protocol = "raw";

    private volatile String token = "ada";

    private final Semaphore asked = new Semaphore(0);

    @Override
    String address() {
        return address;
    }

    @Override
    String protocol() {
        return protocol;
    }

    private void startWithAuth(LoginPolicy policy) {
        start(
                options -> options.loginPolicy(policy).plugin(AuthChecker.of(request -> {
                    if (request.token().equals("nobody")) {
                        throw new StatusException(403, "go away", "nobody is unwelcome");
                    }
                    return Principal.of(request.token());
                })),
                options -> options.plugin(AuthBearer.of(dialed -> {
                    asked.release();
                    return token;
                })));
        server.router()
                .call(
                        "/who",
                        void.class,
                        (context, nothing) ->
                                context.session().requirePrincipal().name());
    }

    private Session dial() {
        return client.dial(server.listening().get(0).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:0, raw",
        "tcp://127.0.0.1:0, json",
        "tcp://127.0.0.1:0, protobuf",
        "tcp://127.0.0.1:0, http",
        "local://auth, raw",
        "ws://127.0.0.1:0/auth, json",
        "ws://127.0.0.1:0/auth, protobuf",
        "ws://127.0.0.1:0/auth, raw"
    })
    void loginsAreAcceptedAndRefusedOverEveryNetworkAndProtocol(String network, String spoken) {
        address = network;
        protocol = spoken;
        startWithAuth(LoginPolicy.ALLOW_MANY);
        assertThat(dial().call("/who", null, String.class)).isEqualTo("ada");
        token = "nobody";
        assertThat(refusal(this::dial)).isEqualTo(Status.of(105, "Dial Failed", "nobody is unwelcome"));
    }

    @Test
    void aRefusalArrivesAlsoWhereTheConnectionEndsAtOnce() {
        startWithAuth(LoginPolicy.ALLOW_MANY);
        token = "nobody";
        for (int round = 0; round < 100; round++) {
            assertThat(refusal(this::dial)).isEqualTo(Status.of(105, "Dial Failed", "nobody is unwelcome"));
        }
    }

    @Test
    void aSessionThatIsDialedAgainLogsInAgainAndIsRefusedUntilItHasAGoodToken() throws Exception {
        startWithAuth(LoginPolicy.REPLACE_OLDEST);
        Session redialing = client.dialAsync(
                        DialOptions.to(server.listening().get(0).toString())
                                .redial(RedialPolicy.standard().withDelay(RedialDelay.fixed(Duration.ofMillis(1)))))
                .get(60, TimeUnit.SECONDS);
        assertThat(redialing.call("/who", null, String.class)).isEqualTo("ada");
        asked.drainPermits();

        token = "nobody";
        server.sessions().ofPrincipal("ada").forEach(there -> there.close(Duration.ZERO));

        // Three times refused.
        assertThat(asked.tryAcquire(3, 60, TimeUnit.SECONDS)).isTrue();
        token = "bob";
        assertThat(redialing.call("/who", null, String.class)).isEqualTo("bob");
        assertThat(server.sessions().ofPrincipal("ada")).isEmpty();
        assertThat(server.sessions().ofPrincipal("bob")).hasSize(1);
    }

    @Test
    void aPeerWithACheckerDialsWithoutBeingAskedForAnything() {
        start(
                options -> options,
                options -> options.plugin(AuthChecker.of(request -> null))
                        .plugin(AuthBearer.custom((session, send) -> CompletableFuture.completedFuture(null))));
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(dial().call("/echo", "x", String.class)).isEqualTo("x");
    }

    @Test
    void aPeerWithABearerAcceptsWithoutSendingAnything() {
        start(options -> options.plugin(AuthBearer.of(session -> "x")), options -> options);
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(dial().call("/echo", "x", String.class)).isEqualTo("x");
    }

    @Test
    void aClientWithoutTokenIsDisconnectedOnItsFirstCall() {
        start(options -> options.plugin(AuthChecker.of(request -> null)), options -> options);
        Session session = dial();
        assertThat(refusal(() -> session.call("/echo", "x", String.class)).code())
                .isEqualTo(102);
    }

    @Test
    void aSecondLoginReplacesTheFirstOrIsRefusedAsThePolicySays() throws Exception {
        startWithAuth(LoginPolicy.REPLACE_OLDEST);
        Session first = dial();
        assertThat(first.call("/who", null, String.class)).isEqualTo("ada");
        Session there = server.sessions().ofPrincipal("ada").findFirst().orElseThrow();
        Session second = dial();
        assertThat(second.call("/who", null, String.class)).isEqualTo("ada");
        assertThat(there.closeFuture()
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS)
                        .reason())
                .isEqualTo(CloseReason.KICKED);
        closePeers();

        startWithAuth(LoginPolicy.REFUSE_NEW);
        assertThat(dial().call("/who", null, String.class)).isEqualTo("ada");
        assertThat(refusal(this::dial))
                .isEqualTo(Status.of(105, "Dial Failed", "principal 'ada' is logged in already"));
    }

    @Test
    @Timeout(300)
    void ofTwoDialsOfOnePrincipalAtOnceExactlyOneIsRefused() throws Exception {
        startWithAuth(LoginPolicy.REFUSE_NEW);
        try (Race race = new Race()) {
            for (int round = 0; round < 100; round++) {
                List<CompletableFuture<Session>> dials = List.of(new CompletableFuture<>(), new CompletableFuture<>());
                race.together(() -> dialInto(dials.get(0)), () -> dialInto(dials.get(1)));
                Session winner = null;
                for (CompletableFuture<Session> dial : dials) {
                    if (!dial.isCompletedExceptionally()) {
                        assertThat(winner).as("another winner").isNull();
                        winner = dial.join();
                    }
                }
                assertThat(winner).isNotNull();
                assertThat(winner.call("/who", null, String.class)).isEqualTo("ada");
                Session there = server.sessions().ofPrincipal("ada").findFirst().orElseThrow();
                winner.close();
                there.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
            }
        }
    }

    private void dialInto(CompletableFuture<Session> dial) {
        try {
            dial.complete(dial());
        } catch (StatusException e) {
            assertThat(e.status().cause()).isEqualTo("principal 'ada' is logged in already");
            dial.completeExceptionally(e);
        }
    }

    @Test
    void nobodySeesTheTokenInLogsSocketsOrTexts() {
        token = "nobody";
        try (LoggedLines lines = LoggedLines.of("io.teleport")) {
            start(
                    options -> options.plugin(AuthChecker.of(request -> null)),
                    options -> options.plugin(AuthBearer.of(dialed -> "s3cret")));
            assertThat(refusal(this::dial).toString()).doesNotContain("s3cret");
            client.close();
            server.close();
            assertThat(lines.lines()).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
        }
        assertThat(server.sockets().closed().toString()).doesNotContain("s3cret");
        assertThat(client.sockets().closed().toString()).doesNotContain("s3cret");
    }
}
