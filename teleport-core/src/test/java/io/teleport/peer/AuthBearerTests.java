package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.peer.RawConversation.Heard;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.TokenSupplier;
import io.teleport.session.Session;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialing side of the auth plugin, byte by byte as a Go server sees it: behaviour.md section 8. */
class AuthBearerTests {

    private static final int JSON = 'j';

    private static final int PLAIN = 's';

    private ServerSocket listening;

    private Peer client;

    @BeforeEach
    void listen() throws Exception {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(60_000);
    }

    @AfterEach
    void close() throws Exception {
        client.closeAsync(java.time.Duration.ZERO).join();
        listening.close();
    }

    private CompletableFuture<Session> dial(AuthBearer bearer) {
        if (client != null) {
            client.close();
        }
        client = Peer.builder().name("client").plugin(bearer).build();
        return dialAgain();
    }

    private CompletableFuture<Session> dialAgain() {
        return client.dialAsync("tcp://127.0.0.1:" + listening.getLocalPort());
    }

    private RawConversation accept() throws Exception {
        return new RawConversation(listening.accept());
    }

    private static void accepted(RawConversation server) throws Exception {
        server.say(MessageType.AUTH_REPLY, 1, "", Status.OK, JSON, "");
    }

    private static Session open(CompletableFuture<Session> dial) throws Exception {
        return dial.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theAuthCallHasNumberOneNoMethodAndTheDefaultCodec() throws Exception {
        CompletableFuture<Session> dial = dial(AuthBearer.of(session -> "open sesame"));
        try (RawConversation server = accept()) {
            assertThat(server.hear())
                    .isEqualTo(new Heard(MessageType.AUTH_CALL, 1, "", Status.OK, JSON, "\"open sesame\""));
            assertThat(dial).isNotDone();
            accepted(server);
            Session session = open(dial);
            assertThat(session.isHealthy()).isTrue();
            session.push("/next", null);
            assertThat(server.hear().sequence()).isEqualTo(2);
        }
    }

    @Test
    void theCodecMayBeThePluginsOwn() throws Exception {
        CompletableFuture<Session> dial =
                dial(AuthBearer.of(TokenSupplier.fixed("open sesame")).codec("plain"));
        try (RawConversation server = accept()) {
            assertThat(server.hear())
                    .isEqualTo(new Heard(MessageType.AUTH_CALL, 1, "", Status.OK, PLAIN, "open sesame"));
            accepted(server);
            open(dial);
        }
    }

    @Test
    void theTokenIsAskedForAtEachDialAndMayComeLater() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Session> first =
                dial(AuthBearer.of(session -> CompletableFuture.supplyAsync(() -> asked.incrementAndGet())));
        try (RawConversation server = accept()) {
            assertThat(server.hear().body()).isEqualTo("1");
            accepted(server);
            open(first);
        }
        CompletableFuture<Session> second = dialAgain();
        try (RawConversation server = accept()) {
            assertThat(server.hear().body()).isEqualTo("2");
            accepted(server);
            open(second);
        }
    }

    @Test
    void aRefusalFailsTheDialWith105AndTheCauseOfTheRefusal() throws Exception {
        CompletableFuture<Session> dial = dial(AuthBearer.of(session -> "guess"));
        try (RawConversation server = accept()) {
            server.hear();
            server.say(MessageType.AUTH_REPLY, 1, "", Status.of(403, "auth fail", "auth fail detail"), JSON, "");
            assertThat(PeerPair.refusal(dial)).isEqualTo(Status.of(105, "Dial Failed", "auth fail detail"));
            assertThat(server.rest()).isEmpty();
        }
        assertThat(client.sessions().count()).isZero();
    }

    @Test
    void anotherAnswerThanAnAuthReplyFailsTheDial() throws Exception {
        CompletableFuture<Session> dial = dial(AuthBearer.of(session -> "x"));
        try (RawConversation server = accept()) {
            server.hear();
            server.say(MessageType.CALL, 1, "/who", Status.OK, JSON, "");
            assertThat(PeerPair.refusal(dial))
                    .isEqualTo(
                            Status.of(105, "Dial Failed", "auth message(1st) expect: AUTH_REPLY, but received: CALL"));
        }
    }

    @Test
    void aServerThatLeavesWithoutAnAnswerFailsTheDial() throws Exception {
        CompletableFuture<Session> dial = dial(AuthBearer.of(session -> "x"));
        try (RawConversation server = accept()) {
            server.hear();
        }
        assertThat(PeerPair.refusal(dial).code()).isEqualTo(105);
    }

    @Test
    void aSupplierThatFailsEndsTheDialWithItsText() throws Exception {
        assertThat(PeerPair.refusal(dial(AuthBearer.of(session -> {
                    throw new IllegalStateException("no key to sign with");
                }))))
                .isEqualTo(Status.of(105, "Dial Failed", "no key to sign with"));
        assertThat(PeerPair.refusal(dial(AuthBearer.of(
                        session -> CompletableFuture.failedFuture(new IllegalStateException("no answer"))))))
                .isEqualTo(Status.of(105, "Dial Failed", "no answer"));
    }

    @Test
    void theBearerMayReadTheResult() throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        CompletableFuture<Session> dial = dial(AuthBearer.custom(
                (session, send) -> send.send("friend", String.class).thenAccept(result::complete)));
        try (RawConversation server = accept()) {
            server.hear();
            server.say(MessageType.AUTH_REPLY, 1, "", Status.OK, JSON, "\"welcome\"");
            open(dial);
            assertThat(result.join()).isEqualTo("welcome");
        }
    }

    @Test
    void sendingTwiceIsAMisuse() throws Exception {
        CompletableFuture<Status> second = new CompletableFuture<>();
        CompletableFuture<Session> dial = dial(AuthBearer.custom((session, send) -> send.send("a", void.class)
                .thenCompose(nothing -> send.send("b", void.class))
                .whenComplete((nothing, failure) -> second.complete(statusOf(failure)))));
        try (RawConversation server = accept()) {
            server.hear();
            accepted(server);
            assertThat(second.get(60, TimeUnit.SECONDS))
                    .isEqualTo(
                            Status.of(104, "auth-bearer plugin usage is incorrect", "multiple call SendOnce function"));
            assertThat(PeerPair.refusal(dial))
                    .isEqualTo(Status.of(105, "Dial Failed", "multiple call SendOnce function"));
        }
    }

    private static Status statusOf(Throwable failure) {
        return ((io.teleport.message.StatusException) failure.getCause()).status();
    }

    @Test
    void aFixedTokenIsNotShown() {
        client = Peer.client();
        assertThat(TokenSupplier.fixed("open sesame").toString()).doesNotContain("sesame");
    }
}
