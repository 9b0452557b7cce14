package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.GoAway;
import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that shuts down tells those that understand it, and nothing is lost on the way. */
abstract class GoAwayContract extends PeerPair {

    private static final Status REFUSAL =
            Status.of(503, "Service Unavailable", "the peer is shutting down; retry elsewhere");

    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private void routes() {
        server.router()
                .call("/wait", void.class, (context, nothing) -> {
                    reached.complete(null);
                    return answer;
                })
                .call("/echo", String.class, (context, text) -> text);
        client.router().call("/client/echo", String.class, (context, text) -> text);
    }

    private static CloseCause end(Session ended) throws Exception {
        return ended.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void aPeerThatShutsDownTellsItsSessionsAndTheyMakeNoNewCallsWhilePendingOnesEnd() throws Exception {
        connect(builder -> builder.retryAfter(Duration.ofSeconds(7)), builder -> builder);
        routes();
        CompletableFuture<String> pending = session.callAsync("/wait", null, String.class);
        soon(reached);
        CompletableFuture<Void> closed = server.closeAsync(Duration.ofMinutes(1));

        GoAway goAway = soon(session.goAwayFuture().toCompletableFuture());
        assertThat(goAway).isEqualTo(new GoAway(Duration.ofMinutes(1), Duration.ofSeconds(7)));
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
        assertThat(session.isHealthy()).isFalse();
        assertThat(refusal(() -> session.call("/echo", "x", String.class))).isEqualTo(REFUSAL);
        assertThat(refusal(session.callAsync("/echo", "x", String.class))).isEqualTo(REFUSAL);
        assertThat(refusal(() -> session.push("/p", "x"))).isEqualTo(REFUSAL);
        assertThat(pending).isNotDone();

        answer.complete("done");
        assertThat(soon(pending)).isEqualTo("done");
        soon(closed);
        assertThat(server.sockets().closed())
                .singleElement()
                .satisfies(last -> assertThat(last.closeReason()).isEqualTo(CloseReason.SHUTDOWN));
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(refusal(() -> session.call("/echo", "x", String.class))).isEqualTo(REFUSAL);
    }

    @Test
    void aPeerThatShutsDownStillCallsFromItsRunningHandlers() throws Exception {
        connect();
        routes();
        server.router().call("/callback", void.class, (context, nothing) -> {
            reached.complete(null);
            answer.join();
            // The session is closing: only what has begun may end.
            return refusal(() -> context.session().call("/client/echo", "x", String.class))
                    .code();
        });
        CompletableFuture<Integer> pending = session.callAsync("/callback", null, Integer.class);
        soon(reached);
        CompletableFuture<Void> closed = server.closeAsync();
        soon(session.goAwayFuture().toCompletableFuture());
        answer.complete("go on");
        assertThat(soon(pending)).isEqualTo(102);
        soon(closed);
    }

    @Test
    void aDialingPeerThatShutsDownTellsTheListeningOne() throws Exception {
        connect();
        routes();
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        Session there = serverSession();
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        client.router().call("/client/wait", void.class, (context, nothing) -> {
            waiting.complete(null);
            return answer;
        });
        CompletableFuture<String> pending = there.callAsync("/client/wait", null, String.class);
        soon(waiting);
        CompletableFuture<Void> closed = client.closeAsync();
        assertThat(soon(there.goAwayFuture().toCompletableFuture()).retryAfter())
                .isZero();
        assertThat(refusal(() -> there.call("/client/echo", "x", String.class))).isEqualTo(REFUSAL);
        answer.complete("done");
        assertThat(soon(pending)).isEqualTo("done");
        soon(closed);
        assertThat(end(there).reason()).isEqualTo(CloseReason.REMOTE);
    }

    /** As a Go proxy does, which copies all metadata and adds the address of the caller. */
    @Test
    void whatAProxyPassesOnSaysNothingOfTheProxy() throws Exception {
        connect();
        routes();
        assertThat(session.request("/echo")
                        .meta("X-Real-IP", "192.0.2.7")
                        .call("x", String.class)
                        .isOk())
                .isTrue();
        soon(server.closeAsync());
        assertThat(end(session).reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(session.goAwayFuture().toCompletableFuture())
                .matches(told -> !told.isDone() || told.isCompletedExceptionally());
    }

    @Test
    void handlersDoNotSeeWhatThePeersSayAboutShutdowns() {
        connect();
        server.router()
                .call(
                        "/meta",
                        void.class,
                        (context, nothing) -> context.metadata().contains("X-Accept-Goaway"));
        assertThat(session.request("/meta").call(null, Boolean.class)).satisfies(reply -> {
            assertThat(reply.value()).isFalse();
            assertThat(reply.metadata().entries()).isEmpty();
        });
    }

    @Test
    void withoutGraceNobodyIsToldAndNothingIsWaitedFor() throws Exception {
        connect();
        routes();
        CompletableFuture<String> pending = session.callAsync("/wait", null, String.class);
        soon(reached);
        soon(server.closeAsync(Duration.ZERO));
        assertThat(refusal(pending)).isEqualTo(Status.of(102, "Connection Closed", ""));
        assertThat(session.goAwayFuture().toCompletableFuture()).isNotDone();
    }

    @Test
    void twoPeersThatShutDownAtOnceBothEnd() throws Exception {
        connect();
        routes();
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        CompletableFuture<Void> one = server.closeAsync();
        CompletableFuture<Void> other = client.closeAsync();
        soon(one);
        soon(other);
        assertThat(end(session).reason()).isIn(CloseReason.SHUTDOWN, CloseReason.REMOTE);
    }

    @Test
    @Timeout(300)
    void callsThatRaceWithAShutdownSucceedOrAreToldToGoElsewhere() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 20; round++) {
                start(builder -> builder, builder -> builder);
                String address = server.listening().get(0).toString();
                AtomicInteger handled = new AtomicInteger();
                server.router().call("/count", void.class, (context, nothing) -> handled.incrementAndGet());
                List<Future<Map.Entry<Integer, Status>>> loops = new ArrayList<>();
                CountDownLatch underway = new CountDownLatch(4);
                for (int i = 0; i < 4; i++) {
                    Session own = client.dial(address);
                    loops.add(callers.submit(() -> callUntilRefused(own, underway)));
                }
                assertThat(underway.await(60, TimeUnit.SECONDS)).isTrue();
                soon(server.closeAsync());
                int succeeded = 0;
                for (Future<Map.Entry<Integer, Status>> loop : loops) {
                    Map.Entry<Integer, Status> outcome = loop.get(60, TimeUnit.SECONDS);
                    assertThat(outcome.getValue()).isEqualTo(REFUSAL);
                    succeeded += outcome.getKey();
                }
                assertThat(handled).hasValue(succeeded);
                client.close();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static Map.Entry<Integer, Status> callUntilRefused(Session session, CountDownLatch underway)
            throws Exception {
        // It is known to understand it once something of it has arrived.
        int succeeded = session.call("/count", null, Integer.class) > 0 ? 1 : 0;
        underway.countDown();
        while (true) {
            List<CompletableFuture<Integer>> some = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                some.add(session.callAsync("/count", null, Integer.class));
            }
            Status refused = Status.OK;
            for (CompletableFuture<Integer> call : some) {
                try {
                    call.get(60, TimeUnit.SECONDS);
                    succeeded++;
                } catch (ExecutionException e) {
                    Status status = ((StatusException) e.getCause()).status();
                    refused = refused.isOk() || refused.equals(status) ? status : Status.of(-1, "different refusals");
                }
            }
            if (!refused.isOk()) {
                return Map.entry(succeeded, refused);
            }
        }
    }
}
