package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.plugin.Plugin;
import io.teleport.plugin.PostDialHook;
import io.teleport.plugin.PreReadHeaderHook;
import io.teleport.session.Principal;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialListener;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.session.WhileRedialing;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong while a session is dialed, at moments that are easily forgotten. */
@Timeout(60)
class RedialFaultTests {

    private static final RedialPolicy QUICK =
            RedialPolicy.standard().withDelay(RedialDelay.fixed(Duration.ofMillis(1)));

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private final RedialListener recording = new RedialListener() {
        @Override
        public void lost(Status cause) {
            events.add("lost");
        }

        @Override
        public void connected(String address) {
            events.add("connected");
        }

        @Override
        public void failed(String address, Status cause) {
            events.add("failed");
        }
    };

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

    private static void cut(Peer server) {
        // Who dialed may be told of its connection before the other side has accepted it.
        Eventually.holds("the connection", () -> server.sockets().openCount() > 0);
        server.sockets().sockets().forEach(socket -> socket.abort(CloseReason.LOCAL, "cut by the test"));
    }

    private List<String> nextEvents(int count) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (seen.size() < count) {
            seen.add(events.poll(30, TimeUnit.SECONDS));
        }
        return seen;
    }

    /** Runs at the moment at which a session has become open, on the thread that opens it. */
    private record Opening(AtomicBoolean armed, Consumer<Session> action) implements PreReadHeaderHook {

        @Override
        public String name() {
            return "opening";
        }

        @Override
        public void preReadHeader(Session session) {
            if (armed.compareAndSet(true, false)) {
                action.accept(session);
            }
        }
    }

    private static Peer client(Plugin plugin) {
        return Peer.builder().name("client").plugin(plugin).build();
    }

    private static void givenUp(Consumer<CompletableFuture<Session>> givingUp, Peer client) throws Exception {
        CompletableFuture<Session> opening = new CompletableFuture<>();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        CompletableFuture<Session> dialed = client.dialAsync(
                DialOptions.to("local://server").redial(QUICK).onReady((connection, session, redial) -> {
                    opening.complete(session);
                    return ready;
                }));
        Session session = opening.get(30, TimeUnit.SECONDS);

        givingUp.accept(dialed);
        ready.complete(null);

        session.closeFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(client.sessions().count()).isZero();
    }

    @Test
    void aSessionThatOpensAfterItsDialingWasCancelledIsClosed() throws Exception {
        try (Peer server = listening("server");
                Peer client = Peer.client()) {
            givenUp(dialed -> dialed.cancel(false), client);
            assertThat(server.state()).isEqualTo(PeerState.RUNNING);
        }
    }

    @Test
    void aSessionThatOpensAfterItsDialingWasGivenUpOtherwiseIsClosed() throws Exception {
        try (Peer server = listening("server");
                Peer client = Peer.client()) {
            givenUp(dialed -> dialed.completeExceptionally(new IllegalStateException("too late")), client);
            assertThat(server.state()).isEqualTo(PeerState.RUNNING);
        }
    }

    @Test
    void aConnectionThatEndsAsTheSessionOpensOnItIsLostOnceAndDialedAgain() throws Exception {
        AtomicBoolean armed = new AtomicBoolean();
        Opening refusing = new Opening(armed, session -> {
            throw StatusException.withoutStackTrace(Status.of(StatusCode.INTERNAL_SERVER_ERROR, "not now"));
        });
        try (Peer server = listening("server");
                Peer client = client(refusing)) {
            Session session =
                    client.dial(DialOptions.to("local://server").redial(QUICK).listener(recording));
            assertThat(nextEvents(1)).containsExactly("connected");

            armed.set(true);
            cut(server);

            assertThat(nextEvents(4)).containsExactly("lost", "connected", "lost", "connected");
            assertThat(session.call("/who", null, String.class)).isEqualTo("server");
        }
    }

    @Test
    void asSoonAsTheSessionIsOpenAgainCallsAreNotFailedAnyMore() throws Exception {
        AtomicBoolean armed = new AtomicBoolean();
        CompletableFuture<String> called = new CompletableFuture<>();
        Opening calling = new Opening(armed, session -> {
            assertThat(session.state()).isEqualTo(SessionState.OPEN);
            session.callAsync("/who", null, String.class).whenComplete((name, failure) -> {
                if (failure == null) {
                    called.complete(name);
                } else {
                    called.completeExceptionally(failure);
                }
            });
        });
        try (Peer server = listening("server");
                Peer client = client(calling)) {
            client.dial(DialOptions.to("local://server").redial(QUICK.whileRedialing(WhileRedialing.FAIL)));

            armed.set(true);
            cut(server);

            assertThat(called.get(30, TimeUnit.SECONDS)).isEqualTo("server");
        }
    }

    @Test
    void aLoginOnAConnectionThatFailedDoesNotBlockTheNextAttempt() throws Exception {
        AtomicInteger dials = new AtomicInteger();
        PostDialHook login = new PostDialHook() {
            @Override
            public String name() {
                return "login";
            }

            @Override
            public void postDial(Session session, boolean redial) {
                session.login(Principal.of("server"));
                if (dials.incrementAndGet() == 2) {
                    throw StatusException.withoutStackTrace(Status.of(StatusCode.UNAUTHORIZED, "not yet"));
                }
            }
        };
        try (Peer server = listening("server");
                Peer client = client(login)) {
            Session session =
                    client.dial(DialOptions.to("local://server").redial(QUICK).listener(recording));
            assertThat(nextEvents(1)).containsExactly("connected");

            cut(server);

            assertThat(nextEvents(3)).containsExactly("lost", "failed", "connected");
            assertThat(session.principal()).isEqualTo(Principal.of("server"));
            assertThat(client.sessions().ofPrincipal("server")).containsExactly(session);
        }
    }

    @Test
    void whoIsToldToGoAwayBeforeItsSessionIsOpenHoldsWhatIsBegunThen() throws Exception {
        CompletableFuture<Session> opening = new CompletableFuture<>();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        try (Peer leaving = listening("leaving");
                Peer staying = listening("staying");
                Peer client = Peer.client()) {
            CompletableFuture<Session> dialed = client.dialAsync(DialOptions.to("local://leaving", "local://staying")
                    .redial(QUICK)
                    .onReady((connection, session, redial) -> {
                        if (redial) {
                            return null;
                        }
                        opening.complete(session);
                        return CompletableFuture.anyOf(connection.callAsync("/wait", null, String.class), ready);
                    }));
            Session session = opening.get(30, TimeUnit.SECONDS);
            reached.get(30, TimeUnit.SECONDS);
            CompletableFuture<Void> closed = leaving.closeAsync();
            session.goAwayFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
            ready.complete(null);
            dialed.get(30, TimeUnit.SECONDS);

            // On another thread: a caller that does not come back must not keep this test.
            CompletableFuture<String> meanwhile = CompletableFuture.supplyAsync(
                            () -> session.callAsync("/who", null, String.class))
                    .get(10, TimeUnit.SECONDS);
            assertThat(meanwhile).isNotDone();

            answer.complete("done");
            closed.get(30, TimeUnit.SECONDS);
            assertThat(meanwhile.get(30, TimeUnit.SECONDS)).isEqualTo("staying");
            assertThat(staying.sessions().count()).isEqualTo(1);
        }
    }
}
