package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.StatusException;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer is shut down while calls run both ways, while its connections break, and while it dials again. */
class ShutdownFaultsIT extends FaultCase {

    private static final int SESSIONS = 20;

    private static final RedialPolicy QUICK =
            RedialPolicy.standard().withDelay(RedialDelay.fixed(Duration.ofMillis(1)));

    private static void load(Session session, List<CompletableFuture<?>> calls) {
        calls.add(session.callAsync("/never", null, int.class));
        calls.add(session.callAsync("/back", null, int.class));
        for (int i = 0; i < 5; i++) {
            calls.add(session.callAsync("/echo", i, int.class));
        }
    }

    /** 102 for what a closed connection leaves behind, 503 for what comes while a peer closes. */
    private static void everyOneEnded(List<CompletableFuture<?>> calls) throws Exception {
        for (CompletableFuture<?> call : calls) {
            try {
                call.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(StatusException.class);
                assertThat(((StatusException) e.getCause()).status().code()).isIn(102, 503);
            }
        }
    }

    /** @param cuts whether the connections are reset at the same time */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCallOfBothSidesEndsWhenAPeerIsShutDownUnderThem(boolean cuts) throws Exception {
        serve();
        Peer client = client();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        List<Session> sessions = new ArrayList<>();
        try (Relay relay = new Relay(server.port())) {
            for (int i = 0; i < SESSIONS; i++) {
                Session session = client.dial(DialOptions.to(relay.address()).redial(QUICK));
                sessions.add(session);
                Wire wire = relay.next();
                load(session, calls);
                load(accepted(wire.id()), calls);
                if (cuts && i % 2 == 0) {
                    wire.reset();
                }
            }
            CompletableFuture<Void> closed = client.closeAsync(Duration.ofMillis(200));
            sessions.forEach(session -> load(session, calls));
            soon(closed);
            everyOneEnded(calls);
            assertThat(sessions).allSatisfy(session -> {
                assertThat(session.state()).isEqualTo(SessionState.CLOSED);
                assertThat(session.closeFuture().toCompletableFuture()).isCompleted();
            });
            nobodyWaits();
            Eventually.holds("the bystander is alone", () -> server.sockets().openCount() == 1);
        }
    }

    @Test
    void whatWaitsForADialingThatIsShutDownEnds() throws Exception {
        serve();
        Peer client = client();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        Relay relay = new Relay(server.port());
        Session session = client.dial(DialOptions.to(relay.address()).redial(QUICK));
        Wire wire = relay.next();
        assertThat(session.call("/echo", 1, int.class)).isEqualTo(1);
        // Nobody listens any more.
        relay.close();
        wire.close();
        Eventually.holds("it is dialed again", () -> session.state() == SessionState.REDIALING);
        load(session, calls);
        soon(client.closeAsync(Duration.ofMillis(100)));
        everyOneEnded(calls);
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }

    /** Nobody can end that handler; each step of closing waits its limit of five seconds for it. Only with system property {@code teleport.fault.long}. */
    @Test
    @EnabledIfSystemProperty(named = "teleport.fault.long", matches = "true")
    void aHandlerThatNeverLeavesItsEventLoopDoesNotKeepThePeerFromClosing() throws Exception {
        serve();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CountDownLatch release = new CountDownLatch(1);
        Peer stuck = client(options -> options.listen("tcp://127.0.0.1:0"));
        stuck.router().inline().call("/stuck", void.class, (context, nothing) -> {
            begun.complete(null);
            release.await();
            return 1;
        });
        stuck.start();
        Peer caller = client();
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Session session = caller.dial(stuck.listening().get(0).toString());
            assertThat(session.call("/echo", i, int.class)).isEqualTo(i);
            sessions.add(session);
        }
        CompletableFuture<?> call = sessions.get(0).callAsync("/stuck", null, int.class);
        soon(begun);
        CompletableFuture<Void> closed = stuck.closeAsync(Duration.ZERO);
        try {
            soon(closed);
        } finally {
            release.countDown();
        }
        assertThat(outcome(call).code()).isEqualTo(102);
        for (Session session : sessions) {
            end(session);
        }
    }
}
