package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.session.CallObserver;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialListener;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.socket.CloseReason;
import io.teleport.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code of the application that fails in the worst ways: each ends its own message and nothing else. */
class HandlerFaultsIT extends FaultCase {

    /** Errors as the JVM throws them. */
    enum Fault {
        ASSERTION {
            @Override
            int happen() {
                throw new AssertionError("thrown by the test");
            }
        },
        STACK_OVERFLOW {
            @Override
            @SuppressWarnings("InfiniteRecursion") // on purpose
            int happen() {
                return 1 + happen();
            }
        },
        OUT_OF_MEMORY {
            @Override
            int happen() {
                return new long[Integer.MAX_VALUE].length + new long[Integer.MAX_VALUE].length;
            }
        };

        abstract int happen();
    }

    private void stillServes(Session session) {
        assertThat(session.isHealthy()).isTrue();
        assertThat(session.call("/echo", 1, int.class)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfAHandlerWhereverItRunsEndsItsOwnMessage(Fault fault) throws Exception {
        serve();
        CompletableFuture<Void> pushed = new CompletableFuture<>();
        server.router()
                .call("/fails", void.class, (context, nothing) -> fault.happen())
                .call("/fails/later", void.class, (context, nothing) -> CompletableFuture.supplyAsync(fault::happen))
                .push("/fails/push", void.class, (context, nothing) -> {
                    pushed.complete(null);
                    fault.happen();
                });
        Session session = client().dial(address());
        Status failed = Status.of(500, "Internal Server Error", "");
        assertThat(outcome(session.callAsync("/fails", null, int.class))).isEqualTo(failed);
        assertThat(outcome(session.callAsync("/fails/later", null, int.class))).isEqualTo(failed);
        session.push("/fails/push", null);
        soon(pushed);
        stillServes(session);
        Eventually.holds("its handlers are done", () -> session.callsInFlight() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfACompletionEndsNothingElse(Fault fault) throws Exception {
        serve();
        Session session = client().dial(address());
        CompletableFuture<Boolean> failed = session.callAsync("/echo", 1, int.class)
                .thenApply(number -> fault.happen())
                .handle((number, failure) -> failure != null);
        assertThat(soon(failed).booleanValue()).isTrue();
        stillServes(session);
    }

    /** As when the system has no thread left for the handler pool. */
    @Test
    void anErrorOfTheExecutorEndsTheMessagesItWasToRunAndHoldsUpNone() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        Executor executor = task -> {
            if (fails.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            new Thread(task, "fault-handler").start();
        };
        serve();
        Peer client = client(options -> options.handlerExecutor(executor));
        Session session = client.dial(address());
        stillServes(session);
        Session other = accepted(session.id());
        fails.set(true);
        for (int i = 0; i < 3; i++) {
            assertThat(outcome(other.callAsync("/echo", 1, int.class)).code()).isEqualTo(500);
        }
        fails.set(false);
        assertThat(other.call("/echo", 2, int.class)).isEqualTo(2);
        Eventually.holds("nothing is in hand", () -> session.callsInFlight() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfAnObserverStopsNeitherRepliesNorTheSession(Fault fault) throws Exception {
        serve(options -> options.observer(new CallObserver() {
            @Override
            public void handled(MessageType type, String route, Status status, long nanos) {
                if (route.startsWith("/observed")) {
                    fault.happen();
                }
            }
        }));
        server.router().call("/observed", void.class, (context, nothing) -> 1);
        server.router().inline().call("/observed/inline", void.class, (context, nothing) -> 1);
        Session session = client().dial(address());
        for (int i = 0; i < 3; i++) {
            assertThat(session.call("/observed", null, int.class)).isEqualTo(1);
            assertThat(session.call("/observed/inline", null, int.class)).isEqualTo(1);
        }
        stillServes(session);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfARedialListenerDoesNotKeepTheSessionFromComingBack(Fault fault) throws Exception {
        serve();
        RedialListener failing = new RedialListener() {
            @Override
            public void lost(Status cause) {
                fault.happen();
            }

            @Override
            public void attempt(String address) {
                fault.happen();
            }

            @Override
            public void connected(String address) {
                fault.happen();
            }
        };
        Session session = client().dial(DialOptions.to(address())
                .redial(RedialPolicy.standard().withDelay(RedialDelay.fixed(Duration.ofMillis(1))))
                .listener(failing));
        stillServes(session);
        accepted(session.id()).close(Duration.ZERO);
        Eventually.holds(
                "it is back",
                () -> session.isHealthy() && server.sessions().get(session.id()).isPresent());
        stillServes(session);
    }

    @Test
    void aHandlerThatIgnoresInterruptionKeepsNobodyFromClosing() throws Exception {
        serve();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Peer stuck = client();
        stuck.router().call("/stuck", void.class, (context, nothing) -> {
            begun.complete(null);
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
            return 1;
        });
        Session session = stuck.dial(address());
        Session other = accepted(session.id());
        CompletableFuture<Integer> call = other.callAsync("/stuck", null, int.class);
        soon(begun);
        assertThat(other.call("/echo", 1, int.class)).isEqualTo(1);
        // Ends although the handler never does.
        soon(stuck.closeAsync(Duration.ZERO));
        assertThat(outcome(call).code()).isEqualTo(102);
        assertThat(end(other).reason()).isEqualTo(CloseReason.REMOTE);
        assertThat(closed(stuck, session.socketId()).closeReason()).isEqualTo(CloseReason.SHUTDOWN);
        interrupted.await();
        release.countDown();
    }
}
