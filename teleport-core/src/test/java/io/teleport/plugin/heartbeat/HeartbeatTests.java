package io.teleport.plugin.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.Plugin;
import io.teleport.router.MessageContext;
import io.teleport.router.Ordering;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real connections in virtual time. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeartbeatTests {

    private final ManualTimer timer = new ManualTimer();

    private final BlockingQueue<String> beats = new LinkedBlockingQueue<>();

    private Peer server;

    private Peer client;

    /** The client's end. */
    private Session session;

    @AfterEach
    void close() {
        for (Peer peer : new Peer[] {client, server}) {
            if (peer != null) {
                peer.closeAsync(Duration.ZERO).join();
            }
        }
    }

    private void connect(Plugin serverPlugin, Plugin clientPlugin) {
        server = builder(serverPlugin)
                .name("server")
                .listen("tcp://127.0.0.1:0")
                .build()
                .start();
        client = builder(clientPlugin).name("client").build();
        session = client.dial(server.listening().get(0).toString());
        server.router().call("/echo", String.class, (context, text) -> text);
        session.call("/echo", "the server has its end, too", String.class);
    }

    private static PeerBuilder builder(Plugin plugin) {
        PeerBuilder builder = Peer.builder()
                .eventLoopThreads(1)
                .closeTimeout(Duration.ofMinutes(1))
                .ordering(Ordering.SESSION);
        return plugin == null ? builder : builder.plugin(plugin);
    }

    private Session serverSession() {
        return Eventually.present(
                "the session of the server", () -> server.sessions().stream().findFirst());
    }

    /** Lets the server write down heartbeats instead of a plugin. */
    private void recordBeats() {
        server.router()
                .call("/heartbeat", byte[].class, (context, body) -> {
                    record("CALL", context, body);
                    return null;
                })
                .push("/heartbeat", byte[].class, (context, body) -> record("PUSH", context, body));
    }

    private void record(String type, MessageContext context, byte[] body) {
        // Java peers tell each other, beside that, how long a call may take.
        Metadata metadata =
                context.metadata().toBuilder().remove("X-Timeout-Ms").build();
        beats.add(type + " " + metadata.toQuery() + " " + body.length + " " + (char) context.bodyCodec());
    }

    private String beat() throws InterruptedException {
        return beats.poll(60, TimeUnit.SECONDS);
    }

    private static CloseCause end(Session session) throws Exception {
        return session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private HeartbeatPlugin ping(int seconds, PingMode mode) {
        return HeartbeatPlugin.ping(Duration.ofSeconds(seconds), mode).with(timer);
    }

    private HeartbeatPlugin pong() {
        return HeartbeatPlugin.pong().with(timer);
    }

    // Ping

    @ParameterizedTest
    @EnumSource(PingMode.class)
    void aSilentSessionIsSentACallOrPushToHeartbeatWithItsRateAndAnEmptyBodyInTheDefaultCodec(PingMode mode)
            throws Exception {
        connect(null, ping(5, mode));
        recordBeats();
        timer.passSeconds(10);
        assertThat(beat()).isEqualTo(mode + " hb_=5 0 j");
        assertThat(beats).isEmpty();
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void theAcceptingSideMayPingAsWell() throws Exception {
        connect(ping(5, PingMode.CALL), pong());
        Session accepted = serverSession();
        timer.passSeconds(10);
        awaitBeat(accepted);
        assertThat(accepted.isHealthy()).isTrue();
    }

    private static void awaitBeat(Session session) {
        awaitBeatAfter(session, Instant.MIN);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "3, 3", "4, 4"})
    void aRateBelowThreeSecondsBecomesThree(int wanted, int used) throws Exception {
        connect(null, ping(wanted, PingMode.PUSH));
        recordBeats();
        timer.passSeconds(2 * used);
        assertThat(beat()).isEqualTo("PUSH hb_=" + used + " 0 j");
    }

    @Test
    void aCallOrPushInEitherDirectionKeepsHeartbeatsAway() throws Exception {
        connect(null, ping(5, PingMode.PUSH));
        recordBeats();
        CompletableFuture<String> pushed = new CompletableFuture<>();
        client.router().push("/p", String.class, (context, text) -> pushed.complete(text));
        client.router().call("/c", String.class, (context, text) -> text);
        timer.passSeconds(9);
        session.push("/none", "out");
        timer.passSeconds(4);
        session.callAsync("/echo", "out", String.class).get(60, TimeUnit.SECONDS);
        timer.passSeconds(4);
        serverSession().push("/p", "in");
        pushed.get(60, TimeUnit.SECONDS);
        timer.passSeconds(4);
        serverSession().call("/c", "in", String.class);
        timer.passSeconds(4);
        // Now 25 s, 4 s after the last traffic; the look at 30 s finds more than 5.
        assertThat(beats).isEmpty();
        timer.passSeconds(5);
        assertThat(beat()).isEqualTo("PUSH hb_=5 0 j");
        assertThat(beats).isEmpty();
    }

    @Test
    void heartbeatsAreOneRateApartThoughEachIsWrittenAMomentAfterTheLook() throws Exception {
        connect(null, ping(5, PingMode.PUSH));
        recordBeats();
        timer.passSeconds(5);
        timer.pass(Duration.ofMillis(20));
        session.push("/none", "as late as a heartbeat that found no thread at once");
        timer.pass(Duration.ofMillis(4_980));
        assertThat(beat()).isEqualTo("PUSH hb_=5 0 j");
    }

    @Test
    void repliesDoNotCountAsTraffic() throws Exception {
        connect(null, ping(5, PingMode.PUSH));
        recordBeats();
        CompletableFuture<String> result = new CompletableFuture<>();
        server.router().call("/later", void.class, (context, nothing) -> result);
        // Handlers of the server run in order: what comes behind this call would wait for it.
        CompletableFuture<String> call = session.callAsync("/later", null, String.class);
        timer.passSeconds(5);
        timer.passSeconds(4);
        result.complete("done");
        call.get(60, TimeUnit.SECONDS);
        timer.passSeconds(1);
        assertThat(beat()).isEqualTo("PUSH hb_=5 0 j");
    }

    @Test
    void aHeartbeatThatIsNotFoundClosesTheSession() throws Exception {
        connect(null, ping(5, PingMode.CALL));
        timer.passSeconds(10);
        CloseCause cause = end(session);
        assertThat(cause.reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
        assertThat(cause.detail()).isEqualTo("heartbeat failed: 404 Not Found");
    }

    @Test
    void aSessionThatIsDialedAgainGoesOnOverANewConnection() throws Exception {
        server = builder(null).listen("tcp://127.0.0.1:0").build().start();
        client = builder(ping(5, PingMode.CALL)).build();
        session = client.dial(DialOptions.to(server.listening().get(0).toString())
                .redial(RedialPolicy.standard().withDelay(RedialDelay.fixed(Duration.ofMillis(1)))));
        String lost = session.socketId();
        timer.passSeconds(10);
        while (session.socketId().equals(lost) || !session.isHealthy()) {
            Thread.onSpinWait();
        }
        assertThat(client.sockets().find(lost))
                .hasValueSatisfying(closed -> assertThat(closed.closeReason()).isEqualTo(CloseReason.HEARTBEAT_LOST));
        recordBeats();
        timer.passSeconds(10);
        assertThat(beat()).isEqualTo("CALL hb_=5 0 j");
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void aHeartbeatThatIsRefusedClosesTheSession() throws Exception {
        connect(null, ping(5, PingMode.CALL));
        server.router().call("/heartbeat", void.class, (context, nothing) -> {
            throw Status.of(1234, "no").toException();
        });
        timer.passSeconds(10);
        assertThat(end(session).reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
    }

    @Test
    void aPushOfAHeartbeatNeedsNobodyWhoKnowsIt() throws Exception {
        connect(null, ping(5, PingMode.PUSH));
        timer.passSeconds(10);
        awaitBeat(session);
        assertThat(session.call("/echo", "still there", String.class)).isEqualTo("still there");
    }

    @Test
    void noSecondHeartbeatIsSentBeforeTheFirstHasItsOutcome() throws Exception {
        connect(null, ping(5, PingMode.CALL));
        CompletableFuture<String> answer = new CompletableFuture<>();
        server.router().call("/heartbeat", byte[].class, (context, body) -> {
            record("CALL", context, body);
            return answer;
        });
        timer.passSeconds(10);
        assertThat(beat()).isNotNull();
        timer.passSeconds(50);
        answer.complete("late");
        awaitBeat(session);
        session.call("/echo", "behind all heartbeats", String.class);
        assertThat(beats).isEmpty();
    }

    // Pong

    @Test
    void anAnswerIsAnEmptyObjectWhichIsNullInJson() {
        connect(pong(), null);
        byte[] answer = session.call("/heartbeat", null, byte[].class);
        assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("null");
        assertThat(session.request("/heartbeat")
                        .codec("plain")
                        .call(null, byte[].class)
                        .body())
                .isEmpty();
    }

    @Test
    void aSessionIsWatchedOnlyFromItsFirstHeartbeatOn() {
        connect(pong(), null);
        timer.passSeconds(1_000);
        assertThat(serverSession().isHealthy()).isTrue();
        assertThat(beat(null).isOk()).as("no rate, not watched").isTrue();
        assertThat(beat("0").isOk()).as("no rate, not watched").isTrue();
        timer.passSeconds(1_000);
        assertThat(serverSession().isHealthy()).isTrue();
    }

    private Status beat(String rate) {
        var request = session.request("/heartbeat");
        return (rate == null ? request : request.meta("hb_", rate))
                .call(null, void.class)
                .status();
    }

    @Test
    void aSessionThatIsSilentForMoreThanTwoRatesIsClosed() throws Exception {
        connect(pong(), null);
        Session accepted = serverSession();
        beat("3");
        timer.passSeconds(6);
        assertThat(accepted.isHealthy())
                .as("at six seconds, with a look at three and six")
                .isTrue();
        timer.passSeconds(3);
        CloseCause cause = end(accepted);
        assertThat(cause.reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
        assertThat(cause.detail()).isEqualTo("no call or push for more than two heartbeats, one every PT3S");
    }

    /** Go's may: it looks once per rate, and passes over what was written a moment after its look. */
    @Test
    void aHeartbeatThatComesAMomentAfterTwoRatesIsInTime() throws Exception {
        connect(pong(), null);
        Session accepted = serverSession();
        beat("3");
        timer.pass(Duration.ofMillis(2_980));
        beat("3");
        timer.pass(Duration.ofMillis(6_040));
        assertThat(accepted.isHealthy()).as("after the look at nine seconds").isTrue();
        assertThat(beat("3").isOk()).isTrue();
        timer.passSeconds(12);
        assertThat(end(accepted).reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
    }

    @Test
    void aPushedHeartbeatCountsAsWell() throws Exception {
        connect(pong(), null);
        Session accepted = serverSession();
        session.request("/heartbeat").meta("hb_", "3").push(null).get(60, TimeUnit.SECONDS);
        session.call("/echo", "behind it", String.class);
        timer.passSeconds(9);
        assertThat(end(accepted).reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
    }

    @Test
    void anyCallOrPushCountsAsTraffic() throws Exception {
        connect(pong(), null);
        Session accepted = serverSession();
        beat("3");
        for (int i = 0; i < 5; i++) {
            timer.passSeconds(6);
            session.call("/echo", "in", String.class);
            timer.passSeconds(6);
            accepted.push("/none", "out");
        }
        assertThat(accepted.isHealthy()).isTrue();
        timer.passSeconds(9);
        assertThat(end(accepted).reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
    }

    @Test
    void theLastAnnouncedRateIsUsed() throws Exception {
        connect(pong(), null);
        Session accepted = serverSession();
        beat("3");
        beat("100");
        timer.passSeconds(200);
        assertThat(accepted.isHealthy()).isTrue();
        beat("4");
        beat(null);
        beat("0");
        timer.passSeconds(12);
        assertThat(end(accepted).reason()).isEqualTo(CloseReason.HEARTBEAT_LOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "3.5", "99999999999999999999"})
    void aRateThatIsNoneIsA400WhileNoneIsKnown(String rate) {
        connect(pong(), null);
        assertThat(beat(rate)).isEqualTo(Status.of(400, "invalid heartbeat rate", rate));
        assertThat(beat("3").isOk()).isTrue();
        assertThat(beat(rate).isOk()).as("the known one is kept").isTrue();
    }

    @Test
    void whoAnnouncesAShortRateIsNotKeptWaitingByOneWithALong() throws Exception {
        connect(pong(), null);
        Session accepted = serverSession();
        beat("1000");
        Session other = client.dial(server.listening().get(0).toString());
        other.request("/heartbeat").meta("hb_", "3").call(null, void.class);
        timer.passSeconds(9);
        assertThat(end(other).reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(accepted.isHealthy()).isTrue();
    }

    // Both

    @ParameterizedTest
    @EnumSource(PingMode.class)
    void aPingedPeerStaysForAsLongAsHeartbeatsCome(PingMode mode) throws Exception {
        connect(pong(), ping(3, mode));
        Session accepted = serverSession();
        timer.passSeconds(3);
        for (int i = 0; i < 20; i++) {
            Instant before = timer.now();
            timer.passSeconds(3);
            awaitBeatAfter(accepted, before);
            awaitBeatAfter(session, before);
        }
        assertThat(session.isHealthy()).isTrue();
        assertThat(accepted.isHealthy()).isTrue();
    }

    private static void awaitBeatAfter(Session session, Instant before) {
        while (!(session.attributes().get(Session.LAST_BEAT) instanceof Instant beat && beat.isAfter(before))) {
            assertThat(session.isHealthy()).isTrue();
            Thread.onSpinWait();
        }
    }

    @Test
    void theLastBeatIsShownForTheSocketsOfBothSides() throws Exception {
        connect(pong(), ping(5, PingMode.CALL));
        assertThat(server.sockets().open().get(0).lastBeatAt()).isNull();
        timer.passSeconds(10);
        awaitBeat(session);
        assertThat(server.sockets().open().get(0).lastBeatAt()).isEqualTo(Instant.EPOCH.plusSeconds(10));
        assertThat(client.sockets().open().get(0).lastBeatAt()).isEqualTo(Instant.EPOCH.plusSeconds(10));
    }

    @Test
    void bothMayBeDoneByOnePlugin() throws Exception {
        connect(ping(5, PingMode.CALL).andPong(), ping(5, PingMode.CALL).andPong());
        timer.passSeconds(10);
        awaitBeat(session);
        awaitBeat(serverSession());
    }

    @Test
    void itsTimeEndsWithThePeer() {
        connect(pong(), null);
        assertThat(timer.closed).isFalse();
        server.close();
        assertThat(timer.closed).isTrue();
    }

    @Test
    void anImpossibleRateIsRefused() {
        for (Duration rate :
                new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(3_500), Duration.ofDays(2)}) {
            assertThatThrownBy(() -> HeartbeatPlugin.ping(rate, PingMode.CALL))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Heartbeat rate " + rate + " (expected a whole number of seconds, a day at the most)");
        }
    }
}
