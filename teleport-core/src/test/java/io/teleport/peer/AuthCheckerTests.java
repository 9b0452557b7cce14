package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.peer.RawConversation.Heard;
import io.teleport.plugin.AcceptHandshakeHook;
import io.teleport.plugin.auth.AuthChecker;
import io.teleport.plugin.auth.AuthRequest;
import io.teleport.plugin.auth.TokenChecker;
import io.teleport.session.Handshake;
import io.teleport.session.HandshakeMessage;
import io.teleport.session.LoginPolicy;
import io.teleport.session.Principal;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.LoggedLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The accepting side of the auth plugin, byte by byte as a Go client sees it: behaviour.md section 8. */
class AuthCheckerTests {

    private static final int JSON = 'j';

    private static final int PLAIN = 's';

    private static final String SECRET = "open sesame";

    private Peer server;

    private void listen(AuthChecker checker) {
        listen(Peer.builder().plugin(checker));
    }

    private void listen(PeerBuilder options) {
        server = options.name("server")
                .listen("tcp://127.0.0.1:0")
                .closeTimeout(Duration.ofMinutes(1))
                .build()
                .start();
        server.router()
                .call(
                        "/who",
                        void.class,
                        (context, nothing) ->
                                context.session().requirePrincipal().name());
    }

    @AfterEach
    void close() {
        server.closeAsync(Duration.ZERO).join();
    }

    private static Principal check(AuthRequest request) {
        return request.token().equals(SECRET) ? Principal.of("ada") : null;
    }

    private static void authCall(RawConversation client, String token) throws Exception {
        client.say(MessageType.AUTH_CALL, 7, "", Status.OK, PLAIN, token);
    }

    private static void assertServed(RawConversation client) throws Exception {
        client.say(MessageType.CALL, 8, "/who", Status.OK, JSON, "");
        assertThat(client.hear()).isEqualTo(new Heard(MessageType.REPLY, 8, "", Status.OK, JSON, "\"ada\""));
    }

    private SocketSnapshot onlyClosed() throws Exception {
        for (Session session : server.sessions().stream().toList()) {
            session.closeFuture().toCompletableFuture().join();
        }
        server.closeAsync(Duration.ZERO).join();
        return server.sockets().closed().get(0);
    }

    @Test
    void theAuthReplyHasItsOwnNumberNoMethodAndAnEmptyBody() throws Exception {
        listen(AuthChecker.of(AuthCheckerTests::check));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            assertThat(client.hear()).isEqualTo(new Heard(MessageType.AUTH_REPLY, 1, "", Status.OK, JSON, ""));
            assertServed(client);
        }
    }

    @Test
    void theNumberOfTheAuthReplyIsTheNextOfTheAcceptingSide() throws Exception {
        AcceptHandshakeHook greeting = new AcceptHandshakeHook() {
            @Override
            public String name() {
                return "greeting";
            }

            @Override
            public CompletionStage<?> acceptHandshake(Handshake handshake) {
                return handshake.send(HandshakeMessage.of(MessageType.PUSH, "/hello", null));
            }
        };
        listen(Peer.builder().plugin(greeting).plugin(AuthChecker.of(AuthCheckerTests::check)));
        try (RawConversation client = RawConversation.with(server)) {
            assertThat(client.hear().sequence()).isEqualTo(1);
            authCall(client, SECRET);
            assertThat(client.hear().sequence()).isEqualTo(2);
        }
    }

    @Test
    void theResultTravelsInTheCodecOfThePluginElseOfThePeer() throws Exception {
        TokenChecker checker = request -> {
            request.result("pass");
            return check(request);
        };
        listen(AuthChecker.of(checker));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            assertThat(client.hear()).isEqualTo(new Heard(MessageType.AUTH_REPLY, 1, "", Status.OK, JSON, "\"pass\""));
        }
        close();
        listen(Peer.builder().bodyCodec("form").plugin(AuthChecker.of(checker).codec("plain")));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            assertThat(client.hear()).isEqualTo(new Heard(MessageType.AUTH_REPLY, 1, "", Status.OK, PLAIN, "pass"));
        }
    }

    @Test
    void aRefusalIsSentInAnAuthReplyWithoutBodyAndTheConnectionClosed() throws Exception {
        listen(AuthChecker.of(request -> {
                    request.result("never sent");
                    throw Status.of(403, "auth fail", "auth fail detail").toException();
                })
                .codec("plain"));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            assertThat(client.hear())
                    .isEqualTo(new Heard(
                            MessageType.AUTH_REPLY, 1, "", Status.of(403, "auth fail", "auth fail detail"), PLAIN, ""));
            assertThat(client.rest()).isEmpty();
        }
        SocketSnapshot socket = onlyClosed();
        assertThat(socket.closeReason()).isEqualTo(CloseReason.UNAUTHORIZED);
        assertThat(socket.error()).isEqualTo("auth fail detail");
        assertThat(socket.principal()).isNull();
    }

    @Test
    void whoIsUnknownIsRefusedWith401() throws Exception {
        listen(AuthChecker.of(AuthCheckerTests::check));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, "guess");
            assertThat(client.hear().status()).isEqualTo(Status.of(401, "Unauthorized", "invalid token"));
            assertThat(client.rest()).isEmpty();
        }
        assertThat(onlyClosed().closeReason()).isEqualTo(CloseReason.UNAUTHORIZED);
    }

    @Test
    void aFirstMessageOfAnotherTypeIsRefusedWith401AndNamed() throws Exception {
        listen(AuthChecker.of(AuthCheckerTests::check));
        for (MessageType type : List.of(MessageType.CALL, MessageType.PUSH, MessageType.AUTH_REPLY)) {
            try (RawConversation client = RawConversation.with(server)) {
                client.say(type, 7, "/who", Status.OK, JSON, "");
                assertThat(client.hear())
                        .isEqualTo(new Heard(
                                MessageType.AUTH_REPLY,
                                1,
                                "",
                                Status.of(
                                        401,
                                        "Unauthorized",
                                        "auth message(1st) expect: AUTH_CALL, but received: " + type.text()),
                                JSON,
                                ""));
                assertThat(client.rest()).isEmpty();
            }
        }
        assertThat(onlyClosed().closeReason()).isEqualTo(CloseReason.UNAUTHORIZED);
    }

    @Test
    void receivingTwiceIsAMisuseThatTheOtherSideIsTold() throws Exception {
        listen(AuthChecker.custom((session, receive) -> receive.receive(String.class)
                .thenCompose(info -> receive.receive(String.class))
                .thenApply(info -> info)));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            assertThat(client.hear())
                    .isEqualTo(new Heard(
                            MessageType.AUTH_REPLY,
                            1,
                            "",
                            Status.of(500, "auth-checker plugin usage is incorrect", "multiple call RecvOnce function"),
                            JSON,
                            ""));
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aCheckerOfItsOwnMayLogInAndAnswer() throws Exception {
        listen(AuthChecker.custom(
                (session, receive) -> receive.receive(String.class).thenApply(info -> {
                    session.login(Principal.of("ada"));
                    return "welcome " + info;
                })));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, "friend");
            assertThat(client.hear().body()).isEqualTo("\"welcome friend\"");
            assertServed(client);
        }
    }

    @Test
    void messagesPipelinedBehindTheAuthCallAreServedAfterwards() throws Exception {
        listen(AuthChecker.of(AuthCheckerTests::check));
        try (RawConversation client = RawConversation.with(server)) {
            client.say(
                    client.frame(MessageType.AUTH_CALL, 1, "", Status.OK, PLAIN, SECRET),
                    client.frame(MessageType.CALL, 2, "/who", Status.OK, JSON, ""),
                    client.frame(MessageType.CALL, 3, "/who", Status.OK, JSON, ""));
            assertThat(client.hear().type()).isEqualTo(MessageType.AUTH_REPLY);
            assertThat(List.of(client.hear(), client.hear()))
                    .containsExactlyInAnyOrder(
                            new Heard(MessageType.REPLY, 2, "", Status.OK, JSON, "\"ada\""),
                            new Heard(MessageType.REPLY, 3, "", Status.OK, JSON, "\"ada\""));
        }
    }

    @Test
    void messagesPipelinedBehindARefusedAuthCallAreNotServed() throws Exception {
        listen(AuthChecker.of(AuthCheckerTests::check));
        AtomicInteger served = new AtomicInteger();
        server.router().push("/count", void.class, (context, nothing) -> served.incrementAndGet());
        try (RawConversation client = RawConversation.with(server)) {
            client.say(
                    client.frame(MessageType.AUTH_CALL, 1, "", Status.OK, PLAIN, "guess"),
                    client.frame(MessageType.PUSH, 2, "/count", Status.OK, JSON, ""));
            assertThat(client.hear().status().code()).isEqualTo(401);
            assertThat(client.rest()).isEmpty();
        }
        onlyClosed();
        assertThat(served).hasValue(0);
    }

    @Test
    void aLaterAuthCallIsAnUnsupportedType() throws Exception {
        listen(AuthChecker.of(AuthCheckerTests::check));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            client.hear();
            authCall(client, SECRET);
            assertThat(client.rest()).isEmpty();
        }
        SocketSnapshot socket = onlyClosed();
        assertThat(socket.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(socket.error()).isEqualTo("unsupported message type: 4 (AUTH_CALL)");
    }

    @Test
    void theCheckerMayRenameTheSessionAndSetAttributesBeforeItIsUp() throws Exception {
        listen(AuthChecker.of(request -> {
            request.session().rename("session of ada");
            request.session().attributes().put("from", request.session().remoteAddress());
            return check(request);
        }));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            client.hear();
            assertServed(client);
            Session session = server.sessions().get("session of ada").orElseThrow();
            assertThat(session.attributes()).containsEntry("from", session.remoteAddress());
            assertThat(session.principal()).isEqualTo(Principal.of("ada"));
            assertThat(server.sessions().count()).isEqualTo(1);
        }
    }

    @Test
    void theInfoMayBeAnyBody() throws Exception {
        record Credentials(String user, String password) {}
        listen(AuthChecker.of(request -> {
            Credentials sent = request.token(Credentials.class);
            assertThat(request.token(Credentials.class)).isEqualTo(sent);
            return sent != null && sent.password().equals(SECRET) ? Principal.of(sent.user()) : null;
        }));
        try (RawConversation client = RawConversation.with(server)) {
            client.say(
                    MessageType.AUTH_CALL,
                    1,
                    "",
                    Status.OK,
                    JSON,
                    "{\"user\":\"ada\",\"password\":\"" + SECRET + "\"}");
            assertThat(client.hear().status()).isEqualTo(Status.OK);
            assertServed(client);
        }
    }

    @Test
    void anUnreadableInfoIs400AndIsNotShownToOperators() throws Exception {
        listen(AuthChecker.of(request -> Principal.of(request.token())));
        try (LoggedLines lines = LoggedLines.of("io.teleport");
                RawConversation client = RawConversation.with(server)) {
            client.say(MessageType.AUTH_CALL, 1, "", Status.OK, JSON, "{\"" + SECRET);
            assertThat(client.hear().status().code()).isEqualTo(400);
            assertThat(client.rest()).isEmpty();
            SocketSnapshot socket = onlyClosed();
            assertThat(socket.closeReason()).isEqualTo(CloseReason.UNAUTHORIZED);
            assertThat(socket.error()).isEqualTo("unreadable AUTH_CALL");
            assertThat(lines.lines()).noneMatch(line -> line.contains("sesame"));
        }
    }

    @Test
    void anExceptionOfTheCheckerIs500WithoutItsText() throws Exception {
        listen(AuthChecker.of(request -> {
            throw new IllegalStateException("database of tokens is gone");
        }));
        try (LoggedLines lines = LoggedLines.of("io.teleport.plugin.auth");
                RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            assertThat(client.hear().status()).isEqualTo(Status.of(500, "Internal Server Error", ""));
            assertThat(client.rest()).isEmpty();
            assertThat(lines.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("ERROR")
                            .contains("its login could not be checked")
                            .doesNotContain(SECRET));
        }
    }

    @Test
    void theCheckerMayAskOthers() throws Exception {
        CompletableFuture<Principal> answer = new CompletableFuture<>();
        CompletableFuture<String> asked = new CompletableFuture<>();
        listen(AuthChecker.of(TokenChecker.async(request -> {
            asked.complete(request.token());
            return answer;
        })));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            assertThat(asked.join()).isEqualTo(SECRET);
            assertThat(server.sessions().count()).isZero();
            answer.complete(Principal.of("ada"));
            assertThat(client.hear().status()).isEqualTo(Status.OK);
            assertServed(client);
        }
    }

    @Test
    void aSilentClientIsDisconnectedAfterTheHandshakeTimeoutWithoutAMessage() throws Exception {
        listen(Peer.builder().handshakeTimeout(Duration.ofMillis(50)).plugin(AuthChecker.of(AuthCheckerTests::check)));
        try (RawConversation client = RawConversation.with(server)) {
            assertThat(client.rest()).isEmpty();
        }
        SocketSnapshot socket = onlyClosed();
        assertThat(socket.closeReason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
        assertThat(PeerDefaults.HANDSHAKE_TIMEOUT).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void silentClientsCostNoThread() throws Exception {
        listen(Peer.builder().handshakeTimeout(Duration.ofMinutes(5)).plugin(AuthChecker.of(AuthCheckerTests::check)));
        int more = PeerDefaults.COMPLETION_THREADS + 10;
        List<RawConversation> silent = new ArrayList<>();
        try {
            for (int i = 0; i < more; i++) {
                silent.add(RawConversation.with(server));
            }
            try (RawConversation client = RawConversation.with(server)) {
                authCall(client, SECRET);
                client.hear();
                assertServed(client);
                assertThat(server.sockets().openCount()).isEqualTo(more + 1);
                assertThat(server.sessions().count()).isEqualTo(1);
            }
        } finally {
            for (RawConversation one : silent) {
                one.close();
            }
        }
    }

    @Test
    void aLoginThatThePolicyRefusesIsAnswered401() throws Exception {
        listen(Peer.builder().loginPolicy(LoginPolicy.REFUSE_NEW).plugin(AuthChecker.of(AuthCheckerTests::check)));
        try (RawConversation first = RawConversation.with(server);
                RawConversation second = RawConversation.with(server)) {
            authCall(first, SECRET);
            first.hear();
            assertServed(first);
            authCall(second, SECRET);
            assertThat(second.hear().status())
                    .isEqualTo(Status.of(401, "Unauthorized", "principal 'ada' is logged in already"));
            assertThat(second.rest()).isEmpty();
            assertServed(first);
        }
    }

    @Test
    void aRequestShowsNoToken() throws Exception {
        CompletableFuture<String> shown = new CompletableFuture<>();
        listen(AuthChecker.of(request -> {
            shown.complete(request.toString());
            return check(request);
        }));
        try (RawConversation client = RawConversation.with(server)) {
            authCall(client, SECRET);
            client.hear();
            assertThat(shown.join()).startsWith("auth request of session ").doesNotContain(SECRET);
        }
    }
}
