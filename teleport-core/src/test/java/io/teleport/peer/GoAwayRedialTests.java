package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a session that dials again makes of a shutdown of the other side. */
class GoAwayRedialTests {

    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private Peer listening(String name) {
        Peer peer = Peer.builder()
                .name(name)
                .listen("local://" + name)
                .closeTimeout(Duration.ofMinutes(1))
                .build();
        peer.router()
                .call("/who", void.class, (context, nothing) -> name)
                .call("/wait", void.class, (context, nothing) -> {
                    reached.complete(null);
                    return answer;
                });
        return peer.start();
    }

    @Test
    void callsMadeMeanwhileWaitAndGoToTheNextAddressWhilePendingOnesEnd() throws Exception {
        try (Peer leaving = listening("leaving");
                Peer staying = listening("staying");
                Peer client = Peer.client()) {
            Session session = client.dial(
                    DialOptions.to("local://leaving", "local://staying").redial(RedialPolicy.standard()));
            CompletableFuture<String> pending = session.callAsync("/wait", null, String.class);
            reached.get(60, TimeUnit.SECONDS);
            CompletableFuture<Void> closed = leaving.closeAsync();
            session.goAwayFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
            CompletableFuture<String> meanwhile = session.callAsync("/who", null, String.class);
            CompletableFuture<Void> push = session.request("/none").push("x");
            assertThat(meanwhile).isNotDone();
            assertThat(push).isNotDone();

            answer.complete("done");
            assertThat(pending.get(60, TimeUnit.SECONDS)).isEqualTo("done");
            closed.get(60, TimeUnit.SECONDS);
            assertThat(meanwhile.get(60, TimeUnit.SECONDS)).isEqualTo("staying");
            push.get(60, TimeUnit.SECONDS);
            assertThat(session.isHealthy()).isTrue();
            assertThat(staying.sessions().count()).isEqualTo(1);
        }
    }
}
