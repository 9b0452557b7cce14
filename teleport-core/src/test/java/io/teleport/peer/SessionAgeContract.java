package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.session.Session;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A session lives as long as its age, whatever goes over it; then it is disconnected. */
abstract class SessionAgeContract extends PeerPair {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private static CloseCause end(Session ended) throws Exception {
        return ended.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void whenTheSessionAgePassesPendingCallsGet102EndingWithIoTimeout() throws Exception {
        connect(builder -> builder, builder -> builder.sessionAge(SHORT));
        server.router().call("/wait", void.class, (context, nothing) -> answer);
        Status status = refusal(session.callAsync("/wait", null, String.class));
        assertThat(status.code()).isEqualTo(102);
        assertThat(status.msg()).isEqualTo("Connection Closed");
        assertThat(status.cause()).endsWith("i/o timeout");
        assertThat(end(session).reason()).isEqualTo(CloseReason.AGE_EXPIRED);
        answer.complete("nobody waits");
    }

    @Test
    void whenTheSessionAgePassesTheOtherSideSees102WithAnEmptyCause() throws Exception {
        start(builder -> builder, builder -> builder);
        server.router().call("/wait", void.class, (context, nothing) -> {
            // From here on, so that the call is there in any case.
            context.session().age(SHORT);
            return answer;
        });
        session = client.dial(server.listening().get(0).toString());
        assertThat(refusal(session.callAsync("/wait", null, String.class)))
                .isEqualTo(Status.of(102, "Connection Closed", ""));
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
        // The handler is still there; nothing of it is sent to anybody.
        answer.complete("too late");
        assertThat(server.sockets().closed())
                .allSatisfy(last -> assertThat(last.closeReason()).isEqualTo(CloseReason.AGE_EXPIRED));
    }

    @Test
    void trafficDoesNotExtendTheSessionAge() throws Exception {
        connect(builder -> builder, builder -> builder.sessionAge(SHORT));
        server.router().call("/echo", String.class, (context, text) -> text);
        Status last = refusal(() -> {
            while (true) {
                session.call("/echo", "x", String.class);
            }
        });
        assertThat(last.code()).isEqualTo(102);
        assertThat(last.cause()).endsWith("i/o timeout");
    }

    @Test
    void aPeerGivesItsSessionAgeToDialedAndAcceptedSessionsAlike() {
        connect(builder -> builder.sessionAge(Duration.ofDays(2)), builder -> builder.sessionAge(Duration.ofDays(1)));
        server.router()
                .call(
                        "/age",
                        void.class,
                        (context, nothing) -> context.session().age().toDays());
        assertThat(session.call("/age", null, Long.class)).isEqualTo(2);
        assertThat(session.age()).isEqualTo(Duration.ofDays(1));
        assertThat(session.remainingAge().orElseThrow()).isLessThanOrEqualTo(Duration.ofDays(1));
        session.age(Duration.ZERO);
        assertThat(session.remainingAge()).isEmpty();
    }

    @Test
    void aSessionHasNoAgeByDefault() {
        connect();
        assertThat(session.age()).isZero();
        assertThat(session.remainingAge()).isEmpty();
        assertThat(session.isHealthy()).isTrue();
    }
}
