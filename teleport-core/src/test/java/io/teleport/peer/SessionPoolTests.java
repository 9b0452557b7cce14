package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several sessions with one peer, with a clock of the test's. */
class SessionPoolTests {

    private static final String ADDRESS = "local://session-pool";

    private static final Duration IDLE = Duration.ofMinutes(3);

    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private final Peer server = Peer.builder().name("server").listen(ADDRESS).build();

    private final Peer client =
            Peer.builder().name("client").eventLoopThreads(1).build();

    private final AtomicInteger dials = new AtomicInteger();

    private long now;

    /** What is to run later; one at the most. */
    private final List<Runnable> timers = new ArrayList<>();

    private final List<Duration> delays = new ArrayList<>();

    private boolean refuseDials;

    @AfterEach
    void close() {
        answer.complete("end");
        client.closeAsync(Duration.ZERO).join();
        server.closeAsync(Duration.ZERO).join();
    }

    private SessionPool pool(PoolOptions options) {
        server.router()
                .call("/wait", void.class, (context, nothing) -> {
                    reached.complete(null);
                    return answer;
                })
                .call("/echo", String.class, (context, text) -> text);
        server.start();
        return new SessionPool(
                () -> {
                    dials.incrementAndGet();
                    return refuseDials
                            ? CompletableFuture.failedFuture(
                                    StatusException.withoutStackTrace(Status.of(105, "Dial Failed", "refused")))
                            : client.dialAsync(ADDRESS);
                },
                options,
                (delay, task) -> {
                    delays.add(delay);
                    timers.add(task);
                    return () -> timers.remove(task);
                },
                () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    private static Session session(SessionPool pool) throws Exception {
        return pool.session().get(60, TimeUnit.SECONDS);
    }

    @Test
    void concurrentSlowCallsShareOneSessionWhichIsDialedAtFirstUse() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults());
        assertThat(dials).hasValue(0);
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(pool.callAsync("/wait", null, String.class));
        }
        answer.complete("done");
        for (CompletableFuture<String> call : calls) {
            assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("done");
        }
        assertThat(dials).hasValue(1);
        assertThat(pool.call("/echo", "x", String.class)).isEqualTo("x");
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void aNewSessionIsDialedOnlyWhenAllAreBusyAndThePoolIsNotFullAndThenTheLeastLoadedIsShared() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults().maxSessions(2).busyCalls(2));
        Set<Session> used = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            Session session = session(pool);
            used.add(session);
            session.callAsync("/wait", null, String.class);
            assertThat(dials).hasValue(i < 2 ? 1 : 2);
        }
        assertThat(used)
                .hasSize(2)
                .allSatisfy(session -> assertThat(session.callsInFlight()).isEqualTo(3));
    }

    @Test
    void aSessionIdleLongerThanTheIdleTimeIsClosedOnTheNextSweep() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults());
        Session session = session(pool);
        assertThat(delays).containsExactly(IDLE.dividedBy(2));
        pass(IDLE.dividedBy(2));
        assertThat(session.isHealthy()).isTrue();
        pass(IDLE.dividedBy(2));
        session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(pool.size()).isZero();
        assertThat(timers).as("sweeps without sessions").isEmpty();
        assertThat(pool.call("/echo", "x", String.class)).isEqualTo("x");
        assertThat(dials).hasValue(2);
    }

    @Test
    void aSessionWithACallInFlightIsNotIdle() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults());
        CompletableFuture<String> call = pool.callAsync("/wait", null, String.class);
        Session session = session(pool);
        reached.get(60, TimeUnit.SECONDS);
        pass(IDLE);
        pass(IDLE);
        assertThat(session.isHealthy()).isTrue();
        answer.complete("done");
        assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test
    void anUnhealthySessionIsNotChosenAndIsClosedOnTheNextSweep() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults());
        Session ending = session(pool);
        CompletableFuture<String> call = ending.callAsync("/wait", null, String.class);
        ending.close(Duration.ofMinutes(1));
        Session next = session(pool);
        assertThat(next).isNotSameAs(ending);
        assertThat(pool.size()).isEqualTo(1);
        answer.complete("done");
        assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("done");
        pass(IDLE.dividedBy(2));
        assertThat(next.isHealthy()).isTrue();
    }

    @Test
    void withoutASessionToBeHadCallsGet100WithTheCause() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults());
        refuseDials = true;
        Status none = Status.of(100, "Wrong Connection", "refused");
        assertThat(PeerPair.refusal(() -> pool.call("/echo", "x", String.class)))
                .isEqualTo(none);
        assertThat(PeerPair.refusal(() -> pool.push("/p", "x"))).isEqualTo(none);
        assertThat(PeerPair.refusal(pool.callAsync("/echo", "x", String.class))).isEqualTo(none);
        assertThat(pool.size()).isZero();
        refuseDials = false;
        assertThat(pool.call("/echo", "x", String.class)).isEqualTo("x");
    }

    @Test
    void whenDialingFailsABusySessionIsShared() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults().busyCalls(1));
        Session only = session(pool);
        only.callAsync("/wait", null, String.class);
        refuseDials = true;
        assertThat(session(pool)).isSameAs(only);
        assertThat(dials).hasValue(2);
    }

    @Test
    void aClosedPoolRefusesWith100AndClosesItsSessions() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults());
        Session session = session(pool);
        pool.close();
        pool.close();
        session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
        Status closed = Status.of(100, "Wrong Connection", "workshop is closed");
        assertThat(PeerPair.refusal(() -> pool.call("/echo", "x", String.class)))
                .isEqualTo(closed);
        assertThat(PeerPair.refusal(pool.callAsync("/echo", "x", String.class))).isEqualTo(closed);
        assertThat(timers).isEmpty();
    }

    @Test
    void cancellingACallOfThePoolEndsIt() throws Exception {
        SessionPool pool = pool(PoolOptions.defaults());
        Session session = session(pool);
        CompletableFuture<String> call = pool.callAsync("/wait", null, String.class);
        assertThat(session.callsInFlight()).isEqualTo(1);
        call.cancel(false);
        assertThat(session.callsInFlight()).isZero();
    }

    @Test
    void aPeerMakesPoolsAndEndsTheirSessions() throws Exception {
        server.router().call("/echo", String.class, (context, text) -> text);
        server.start();
        SessionPool pool = client.pool(DialOptions.to(ADDRESS), PoolOptions.defaults());
        assertThat(pool.call("/echo", "x", String.class)).isEqualTo("x");
        client.closeAsync().get(60, TimeUnit.SECONDS);
        assertThat(PeerPair.refusal(pool.callAsync("/echo", "x", String.class)).code())
                .isEqualTo(100);
    }

    @Test
    void poolOptionsSayWhatWasFoundAndWhatWasExpected() {
        assertThat(PoolOptions.defaults()).isEqualTo(new PoolOptions(64, Duration.ofMinutes(3), 32));
        assertThatThrownBy(() -> PoolOptions.defaults().maxSessions(0))
                .hasMessage("Option 'maxSessions' is 0 (expected 1 or more)");
        assertThatThrownBy(() -> PoolOptions.defaults().idleTime(Duration.ZERO))
                .hasMessage("Option 'idleTime' is PT0S (expected more than zero)");
        assertThatThrownBy(() -> PoolOptions.defaults().busyCalls(0))
                .hasMessage("Option 'busyCalls' is 0 (expected 1 or more)");
    }
}
