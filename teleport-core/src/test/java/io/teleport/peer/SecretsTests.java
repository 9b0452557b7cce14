package io.teleport.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import io.teleport.filter.AesGcmKeys;
import io.teleport.filter.aesgcm.AesGcmFilter;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.AuthChecker;
import io.teleport.plugin.auth.TokenChecker;
import io.teleport.plugin.auth.TokenSupplier;
import io.teleport.plugin.runlog.RunLog;
import io.teleport.plugin.runlog.RunLogOptions;
import io.teleport.plugin.runlog.Secret;
import io.teleport.plugin.secure.SecurePlugin;
import io.teleport.session.Principal;
import io.teleport.testing.Eventually;
import io.teleport.testing.LoggedLines;
import io.teleport.transport.InvalidAddressException;
import io.teleport.transport.TransportAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No log line at any level, no toString and no exception of ours shows a token, a key, or a body that is marked as secret. */
class SecretsTests extends PeerPair {

    /** In every secret; 16 characters, so that it is a key too. */
    private static final String MARKER = "hunter2-MARKER-x";

    private final LoggedLines lines = LoggedLines.of("io.teleport", Level.TRACE);

    private final List<Object> shown = new ArrayList<>();

    record Pin(@Secret int pin) {}

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }

    @AfterEach
    void stopListening() {
        lines.close();
    }

    /** What is shown once all is over, so that nothing more can be logged. */
    private void assertNothingShown() {
        for (Peer peer : List.of(client, server)) {
            shown.add(peer);
            shown.add(peer.options());
            shown.addAll(peer.plugins());
            peer.sessions().stream().forEach(open -> open.close(Duration.ZERO));
            peer.close();
            shown.addAll(peer.sockets().closed());
        }
        assertThat(lines.linesWithStacks()).isNotEmpty().noneMatch(line -> line.contains(MARKER));
        assertThat(shown).extracting(String::valueOf).noneMatch(text -> text.contains(MARKER));
    }

    private static TokenChecker marked() {
        return request -> request.token().equals(MARKER) ? Principal.of("ada") : null;
    }

    @Test
    void aTokenThatIsAcceptedIsShownNowhere() {
        connect(
                options -> options.plugin(AuthChecker.of(marked())),
                options -> options.plugin(AuthBearer.of(TokenSupplier.fixed(MARKER))));
        server.router()
                .call(
                        "/who",
                        void.class,
                        (context, nothing) ->
                                context.session().requirePrincipal().name());
        assertThat(session.call("/who", null, String.class)).isEqualTo("ada");
        assertNothingShown();
    }

    @Test
    void aTokenThatIsRefusedIsShownNowhere() {
        start(
                options -> options.plugin(AuthChecker.of(marked())),
                options -> options.plugin(AuthBearer.of(TokenSupplier.fixed(MARKER + " but wrong"))));
        Throwable refused =
                catchThrowable(() -> client.dial(server.listening().get(0).toString()));
        assertThat(refused).hasMessageNotContaining(MARKER);
        assertNothingShown();
    }

    @Test
    void anAuthBodyThatCannotBeReadIsShownNowhere() {
        start(
                options -> options.plugin(AuthChecker.custom(
                        (session, receive) -> receive.receive(Integer.class).thenApply(number -> null))),
                options -> options.plugin(AuthBearer.of(TokenSupplier.fixed(MARKER))));
        assertThatThrownBy(() -> client.dial(server.listening().get(0).toString()))
                .isInstanceOf(StatusException.class);
        assertNothingShown();
    }

    @Test
    void aCheckerThatFailsDoesNotShowTheToken() {
        start(
                options -> options.plugin(AuthChecker.of(request -> {
                    throw new IllegalStateException("the directory is away");
                })),
                options -> options.plugin(AuthBearer.of(TokenSupplier.fixed(MARKER))));
        assertThatThrownBy(() -> client.dial(server.listening().get(0).toString()))
                .hasMessageNotContaining(MARKER);
        assertNothingShown();
    }

    @Test
    void keysAreShownNowhereNorIsWhatTheyHide() {
        AesGcmKeys keys = AesGcmKeys.of("k1", Map.of("k1", MARKER.getBytes(UTF_8)));
        SecurePlugin plugin = SecurePlugin.aesGcm(400, keys);
        SecurePlugin weak = SecurePlugin.weakAsInGo(400, MARKER.getBytes(UTF_8));
        AesGcmFilter filter = new AesGcmFilter(200, keys);
        shown.addAll(List.of(keys, plugin, weak, filter));
        connect(
                options -> options.plugin(plugin.required()).register(filter),
                options -> options.plugin(plugin.required()).register(filter));
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(session.call("/echo", MARKER, String.class)).isEqualTo(MARKER);
        assertNothingShown();
        for (byte[] wrong : List.of(MARKER.substring(1).getBytes(UTF_8), (MARKER + "y").getBytes(UTF_8))) {
            assertThatThrownBy(() -> AesGcmKeys.of("k1", Map.of("k1", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(MARKER.substring(1));
            assertThatThrownBy(() -> SecurePlugin.weakAsInGo(400, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(MARKER.substring(1));
        }
    }

    @Test
    void secretMetadataOfARequestIsShownNowhere() throws Exception {
        connect(options -> options.handlersPerSession(1), options -> options);
        CompletableFuture<Void> reached = new CompletableFuture<>();
        CompletableFuture<String> answer = new CompletableFuture<>();
        server.router().call("/wait", void.class, (context, nothing) -> {
            reached.complete(null);
            return answer;
        });
        CompletableFuture<String> waiting = session.callAsync("/wait", null, String.class);
        soon(reached);
        assertThat(session.request("/wait")
                        .meta("X-Token", MARKER)
                        .call(null, String.class)
                        .status()
                        .code())
                .isEqualTo(500);
        assertThat(session.request("/nowhere")
                        .meta("Authorization", MARKER)
                        .call(MARKER, String.class)
                        .status()
                        .code())
                .isNotZero();
        session.request("/nowhere").meta("Authorization", MARKER).push(MARKER);
        answer.complete("");
        soon(waiting);
        assertNothingShown();
    }

    @Test
    void aReplyNobodyWaitsForIsLoggedWithoutWhatItSays() throws Exception {
        connect();
        try (RawConversation stranger = RawConversation.with(server)) {
            stranger.say(MessageType.REPLY, 7, "", Status.of(400, "Bad Message", MARKER), 'j', MARKER);
            stranger.say(MessageType.CALL, 8, "/nowhere", Status.OK, 'j', "");
            stranger.hear();
        }
        assertThat(lines.lines()).anyMatch(line -> line.contains("dropped a reply nobody waits for"));
        assertNothingShown();
    }

    @Test
    void aSecretBodyThatCannotBeReadIsNotQuotedByAnyLog() throws Exception {
        RunLog runLog = new RunLog(RunLogOptions.defaults().detail(true).secretRoutes(Set.of("/number", "/pushed")));
        connect(options -> options.observer(runLog), options -> options);
        server.router()
                .call("/number", int.class, (context, number) -> number)
                .call("/pin", Pin.class, (context, pin) -> pin)
                .push("/pushed", int.class, (context, number) -> {})
                .call("/last", void.class, (context, nothing) -> "");
        // The sender is told what was wrong with what it sent.
        assertThat(session.request("/number")
                        .codec("plain")
                        .call(MARKER, int.class)
                        .status()
                        .cause())
                .contains(MARKER);
        assertThat(session.request("/pin")
                        .call(Map.of("pin", MARKER), Pin.class)
                        .status()
                        .code())
                .isEqualTo(400);
        session.request("/pushed").codec("plain").push(MARKER);
        session.call("/last", null, String.class);
        Eventually.holds(
                "the line of the push", () -> lines.lines().stream().anyMatch(line -> line.contains("PUSH<-")));
        assertNothingShown();
    }

    @Test
    void anAddressCannotHoldAPassword() {
        assertThatThrownBy(() -> TransportAddress.parse("wss://ada:" + MARKER + "@example.org:443/"))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("wss://***@example.org:443/")
                .hasMessageNotContaining(MARKER);
    }
}
