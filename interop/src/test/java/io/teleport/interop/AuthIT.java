package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Equipment;
import io.teleport.interop.peers.GoClient;
import io.teleport.interop.peers.GoSide;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.ServerSide;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.plugin.AcceptHandshakeHook;
import io.teleport.plugin.DialHandshakeHook;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.AuthChecker;
import io.teleport.session.Handshake;
import io.teleport.session.HandshakeMessage;
import io.teleport.socket.CloseReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The plugin auth. */
class AuthIT extends PluginPairing {

    private static final String TOKEN = "open sesame";

    private static final String WELCOME = "welcome";

    /** For sides that give up: time of a context in Go, of a handshake in Java. */
    private static final Equipment IMPATIENT =
            Equipment.of(peer -> peer.handshakeTimeout(Duration.ofMillis(500)), "--context-age", "500ms");

    private static final String EXPECTED_CALL = "auth message(1st) expect: AUTH_CALL, but received: ";

    /** What Java clients were answered. */
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private static Equipment checker() {
        return checker(TOKEN);
    }

    private static Equipment checker(String token) {
        AuthChecker checker = AuthChecker.custom(
                (session, receive) -> receive.receive(String.class).thenApply(info -> judge(token, info)));
        return Equipment.of(peer -> peer.plugin(checker.codec("plain")), "--auth-token", token);
    }

    private static Object judge(String token, String info) {
        if (!token.equals(info)) {
            throw new StatusException(403, "auth fail", "wrong token");
        }
        return WELCOME;
    }

    private Equipment bearer(String info) {
        AuthBearer bearer = AuthBearer.custom(
                (session, send) -> send.send(info, String.class).thenAccept(answers::add));
        return Equipment.of(peer -> peer.plugin(bearer.codec("plain")), "--auth-info", info);
    }

    /** A Go client that dials again may have been cut off by the dying server before: such answers are passed over. */
    private void assertAnswered(ClientSide client) throws InterruptedException {
        if (client instanceof GoClient go) {
            go.awaitEvent("auth_shown", event -> event.path("answer").asString().equals(WELCOME));
        } else {
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo(WELCOME);
        }
    }

    @Test
    void whoShowsTheRightTokenIsLetInAndAnswered() throws Exception {
        ServerSide server = serve(checker());
        ClientSide client = connect(server, bearer(TOKEN));
        assertAnswered(client);
        assertThat(server.awaitSession()).isEqualTo(client.sessionId());
        assertResult(client.call(Ask.sum(1, 2)), 3);
        assertThat(server.callAll("/client/add", 3, 4))
                .extracting(Outcome::value)
                .containsExactly(7);
    }

    @Test
    void whoShowsAWrongTokenIsRefusedAndToldTheCause() {
        ServerSide server = serve(checker());
        assertThat(refusal(server, bearer("let me in"))).isEqualTo(Status.of(105, "Dial Failed", "wrong token"));
        assertRefused(server, CloseReason.UNAUTHORIZED);
    }

    /** Go tells the status of each check, Java the reason of the close. */
    private void assertRefused(ServerSide server, CloseReason reason) {
        if (server instanceof GoSide go) {
            assertThat(go.awaitEvent("auth_checked")
                            .required("status")
                            .required("code")
                            .intValue())
                    .isNotZero();
        } else {
            server.expectEnd(reason);
        }
    }

    @Test
    void whoCallsBeforeShowingAnythingIsDisconnected() {
        ServerSide server = serve(checker());
        ClientSide client = connect(server, Equipment.NONE);
        assertThat(client.call(Ask.sum(1, 2)).code()).isEqualTo(102);
        assertRefused(server, CloseReason.UNAUTHORIZED);
        assertThat(server.callsSoFar()).isEmpty();
    }

    /** Sends a PUSH before its AUTH_CALL. */
    private record Pusher(String name) implements DialHandshakeHook {
        @Override
        public CompletionStage<?> dialHandshake(Handshake handshake) {
            return handshake.send(HandshakeMessage.of(MessageType.PUSH, "/status", "hello"));
        }
    }

    @Test
    void whoPushesFirstIsRefusedWithTheTypeThatCame() {
        Equipment pusher = Equipment.of(peer -> peer.plugin(new Pusher("pusher")), "--auth-misdeed", "push");
        ServerSide server = serve(checker());
        assertThat(refusal(server, pusher.and(bearer(TOKEN))))
                .isEqualTo(Status.of(105, "Dial Failed", EXPECTED_CALL + "PUSH"));
        assertRefused(server, CloseReason.UNAUTHORIZED);
    }

    @Test
    void whatCannotBeDecodedIsRefusedWithTheTextOfTheDecoder() {
        AuthBearer garbled = AuthBearer.custom(
                (session, send) -> send.send("{garbled".getBytes(StandardCharsets.UTF_8), String.class));
        Equipment bearer = Equipment.of(
                peer -> peer.plugin(garbled.codec("json")),
                "--auth-info",
                "{garbled",
                "--auth-codec",
                "json",
                "--auth-misdeed",
                "garbage");
        ServerSide server = serve(checker().and(Equipment.of(peer -> {}, "--auth-codec", "json")));
        Status status = refusal(server, bearer);
        assertThat(status.code()).isEqualTo(105);
        assertThat(status.cause()).as("the decoder's text").isNotBlank();
        assertRefused(server, CloseReason.UNAUTHORIZED);
    }

    /** Never goes on. */
    private record Silent(String name) implements DialHandshakeHook {
        @Override
        public CompletionStage<?> dialHandshake(Handshake handshake) {
            return new CompletableFuture<>();
        }
    }

    @Test
    void aSilentClientIsGivenUpInTime() {
        ServerSide server = serve(checker().and(IMPATIENT));
        if (between.goClient()) {
            GoSide client = running(GoClient.dialing(
                    WIRE, server.address(), bearer(TOKEN).and(Equipment.of(peer -> {}, "--auth-misdeed", "silent"))));
            client.awaitEvent("auth_misdeed");
        } else {
            Status status = refusal(
                    server,
                    Equipment.of(peer -> peer.plugin(new Silent("silent")).handshakeTimeout(Duration.ofSeconds(2))));
            assertThat(status.code()).isEqualTo(105);
        }
        assertRefused(server, CloseReason.HANDSHAKE_FAILED);
        assertThat(server.callsSoFar()).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpInTime() {
        AuthChecker mute = AuthChecker.custom(
                (session, receive) -> receive.receive(String.class).thenCompose(info -> new CompletableFuture<>()));
        ServerSide server = serve(Equipment.of(
                peer -> peer.plugin(mute).handshakeTimeout(Duration.ofMinutes(1)),
                "--auth-token",
                TOKEN,
                "--auth-misdeed",
                "silent"));
        Status status = refusal(server, bearer(TOKEN).and(IMPATIENT));
        assertThat(status.code()).isEqualTo(105);
        assertThat(status.cause()).isNotBlank();
    }

    /** Takes what it is shown and sends a PUSH instead of an AUTH_REPLY. */
    private record PushingChecker(String name) implements AcceptHandshakeHook {
        @Override
        public CompletionStage<?> acceptHandshake(Handshake handshake) {
            return handshake
                    .receive(header -> byte[].class)
                    .thenCompose(shown -> handshake.send(HandshakeMessage.of(MessageType.PUSH, "/status", "hello")));
        }
    }

    @Test
    void aServerThatAnswersSomethingElseIsNotTrusted() {
        ServerSide server = serve(Equipment.of(
                peer -> peer.plugin(new PushingChecker("pushing")), "--auth-token", TOKEN, "--auth-misdeed", "push"));
        assertThat(refusal(server, bearer(TOKEN)))
                .isEqualTo(Status.of(105, "Dial Failed", "auth message(1st) expect: AUTH_REPLY, but received: PUSH"));
    }

    @Test
    void aServerWithoutThePluginClosesTheConnection() {
        Status status = refusal(serve(Equipment.NONE), bearer(TOKEN));
        assertThat(status.code()).isEqualTo(105);
    }

    @Test
    void aClientThatDialsAgainIsCheckedAgain() throws Exception {
        ServerSide first = serve(checker());
        ClientSide client = connect(first, bearer(TOKEN).and(Equipment.redialing(-1)));
        assertAnswered(client);
        stop(first);
        client.awaitRedialing();
        ServerSide second = serveAt(first.address(), checker());
        second.awaitSession();
        assertAnswered(client);
        callAgain(client, 1);
    }

    @Test
    void aClientThatIsRefusedWhenItDialsAgainGivesUpAfterItsAttempts() {
        ServerSide first = serve(checker());
        ClientSide client = connect(first, bearer(TOKEN).and(Equipment.redialing(20)));
        assertResult(client.call(Ask.sum(1, 2)), 3);
        stop(first);
        client.awaitRedialing();
        ServerSide second = serveAt(first.address(), checker("another token"));
        assertStatus(client.call(Ask.sum(1)), 102, "Connection Closed", "");
        assertThat(second.callsSoFar()).isEmpty();
    }
}
