package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When attempts are made, by a clock that only the test moves. */
class RedialTests {

    private static final Status REFUSED = Status.builtIn(StatusCode.DIAL_FAILED, "refused");

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(1);

    private final List<String> events = new ArrayList<>();

    private final Queue<CompletableFuture<Void>> attempts = new ArrayDeque<>();

    private final Queue<Runnable> timers = new ArrayDeque<>();

    private int cancelledTimers;

    private Redial redial(RedialPolicy policy, String... addresses) {
        DialTargets targets = new DialTargets(List.of(addresses), false, Duration.ZERO, now::get, new Random(1));
        return new Redial("test", targets, policy, this::after, now::get, this::attempt, outcome, listener);
    }

    private Runnable after(Duration delay, Runnable task) {
        timers.add(task);
        return () -> cancelledTimers++;
    }

    private CompletableFuture<Void> attempt(String address) {
        CompletableFuture<Void> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    }

    private final Redial.Outcome outcome = new Redial.Outcome() {
        @Override
        public void connected() {
            events.add("OPEN");
        }

        @Override
        public void gaveUp(StatusException failure) {
            events.add("OVER " + failure.status().cause());
        }
    };

    private final RedialListener listener = new RedialListener() {
        @Override
        public void lost(Status cause) {
            events.add("lost");
        }

        @Override
        public void attempt(String address) {
            events.add("attempt " + address);
        }

        @Override
        public void connected(String address) {
            events.add("connected " + address);
        }

        @Override
        public void failed(String address, Status cause) {
            events.add("failed " + address);
        }

        @Override
        public void waiting(Duration delay) {
            events.add("waiting " + delay.toMillis());
        }

        @Override
        public void gaveUp(Status cause) {
            events.add("gave up");
        }
    };

    private void refuseAttempt() {
        attempts.remove().completeExceptionally(StatusException.withoutStackTrace(REFUSED));
    }

    private void answerAttempt() {
        attempts.remove().complete(null);
    }

    private void timePasses() {
        timers.remove().run();
    }

    private void lives(Redial redial, Duration time) {
        now.addAndGet(time.toNanos());
        redial.lost(Status.builtIn(StatusCode.CONNECTION_CLOSED));
    }

    private List<String> events() {
        List<String> seen = List.copyOf(events);
        events.clear();
        return seen;
    }

    private static RedialPolicy exponential() {
        RedialDelay whole = new RedialDelay(Duration.ofMillis(100), LONGEST, false, bound -> bound);
        return RedialPolicy.standard().withDelay(whole);
    }

    @Test
    void redialTimesNAreOneAttemptAndNMoreTheIntervalBeforeEachRepeatAlsoForTheFirstDial() {
        redial(RedialPolicy.asInGo(2, Duration.ofMillis(70)), "a").start();
        refuseAttempt();
        timePasses();
        refuseAttempt();
        timePasses();
        refuseAttempt();

        assertThat(events())
                .containsExactly(
                        "attempt a",
                        "failed a",
                        "waiting 70",
                        "attempt a",
                        "failed a",
                        "waiting 70",
                        "attempt a",
                        "failed a",
                        "gave up",
                        "OVER refused");
        assertThat(timers).isEmpty();
    }

    @Test
    void withoutLimitItGoesOnAndTheDelaysGrow() {
        redial(exponential(), "a").start();
        for (int i = 0; i < 9; i++) {
            refuseAttempt();
            timePasses();
        }
        answerAttempt();

        assertThat(events().stream().filter(event -> event.startsWith("waiting")))
                .containsExactly(
                        "waiting 100",
                        "waiting 200",
                        "waiting 400",
                        "waiting 800",
                        "waiting 1600",
                        "waiting 3200",
                        "waiting 6400",
                        "waiting 10000",
                        "waiting 10000");
    }

    @Test
    void aRoundTriesEachAddressAndOnlyThenWaits() {
        redial(exponential(), "a", "b").start();
        refuseAttempt();
        refuseAttempt();
        timePasses();
        refuseAttempt();
        answerAttempt();

        assertThat(events())
                .containsExactly(
                        "attempt a",
                        "failed a",
                        "attempt b",
                        "failed b",
                        "waiting 100",
                        "attempt a",
                        "failed a",
                        "attempt b",
                        "connected b",
                        "OPEN");
    }

    @Test
    void afterALossTheFirstAttemptIsSpreadAndTheDelaysBeginAnew() {
        Redial redial = redial(exponential(), "a");
        redial.start();
        refuseAttempt();
        timePasses();
        answerAttempt();
        events();

        lives(redial, LONGEST);
        timePasses();
        refuseAttempt();

        assertThat(events()).containsExactly("lost", "waiting 100", "attempt a", "failed a", "waiting 100");
    }

    @Test
    void asInGoTheFirstAttemptAfterALossComesAtOnce() {
        Redial redial = redial(RedialPolicy.asInGo(-1, Duration.ofMillis(70)), "a");
        redial.start();
        answerAttempt();
        events();

        lives(redial, Duration.ofMillis(70));

        assertThat(events()).containsExactly("lost", "attempt a");
    }

    @Test
    void aServerThatAcceptsAndClosesAtOnceIsTreatedLikeOneThatRefuses() {
        Redial redial = redial(exponential().withRounds(2), "a");
        redial.start();
        answerAttempt();
        lives(redial, Duration.ofMillis(1));
        timePasses();
        answerAttempt();
        lives(redial, Duration.ofMillis(1));
        timePasses();
        answerAttempt();
        lives(redial, Duration.ofMillis(1));

        assertThat(events().stream().filter(event -> !event.startsWith("attempt")))
                .containsExactly(
                        "connected a",
                        "OPEN",
                        "lost",
                        "waiting 100",
                        "connected a",
                        "OPEN",
                        "lost",
                        "waiting 200",
                        "connected a",
                        "OPEN",
                        "lost",
                        "gave up",
                        "OVER ");
    }

    @Test
    void aPreDialRefusalEndsItAtOnceWithExactlyThatStatus() {
        redial(exponential(), "a", "b").start();
        attempts.remove().completeExceptionally(new RefusedDialException(Status.of(1234, "no", "not today")));

        assertThat(events()).containsExactly("attempt a", "failed a", "gave up", "OVER not today");
    }

    @Test
    void stoppedItDialsNoMoreWhateverIsUnderWay() {
        Redial waiting = redial(exponential(), "a");
        waiting.start();
        refuseAttempt();
        waiting.stop();
        timePasses();
        Redial dialing = redial(exponential(), "a", "b");
        dialing.start();
        dialing.stop();
        refuseAttempt();

        assertThat(events()).containsExactly("attempt a", "failed a", "waiting 100", "attempt a", "failed a");
        assertThat(cancelledTimers).isEqualTo(1);
        assertThat(attempts).isEmpty();
    }

    @Test
    void aConnectionThatEndsBeforeItsAttemptIsToldToHaveSucceededIsDialedAgain() {
        Redial redial = redial(RedialPolicy.asInGo(-1, Duration.ofMillis(70)), "a");
        redial.start();
        redial.lost(Status.builtIn(StatusCode.CONNECTION_CLOSED));
        answerAttempt();
        timePasses();

        assertThat(events()).containsExactly("attempt a", "connected a", "OPEN", "lost", "waiting 70", "attempt a");
    }

    @Test
    void onlyOneRunsAtATime() {
        Redial redial = redial(exponential(), "a");
        redial.start();
        redial.start();
        redial.lost(Status.builtIn(StatusCode.CONNECTION_CLOSED));

        assertThat(attempts).hasSize(1);
    }

    @Test
    void everyMoveOfTheTableAndNoOtherIsAllowed() {
        List<String> allowed = new ArrayList<>();
        for (RedialState from : RedialState.values()) {
            for (RedialState to : RedialState.values()) {
                if (from.mayBecome(to)) {
                    allowed.add(from + " " + to);
                }
            }
        }

        assertThat(allowed)
                .containsExactly(
                        "IDLE DIALING",
                        "IDLE STOPPED",
                        "DIALING IDLE",
                        "DIALING WAITING",
                        "DIALING STOPPED",
                        "WAITING DIALING",
                        "WAITING STOPPED");
    }

    private static final class Failing implements RedialListener {

        private static void fail() {
            throw new IllegalStateException("a listener that fails");
        }

        @Override
        public void lost(Status cause) {
            fail();
        }

        @Override
        public void attempt(String address) {
            fail();
        }

        @Override
        public void connected(String address) {
            fail();
        }

        @Override
        public void failed(String address, Status cause) {
            fail();
        }

        @Override
        public void waiting(Duration delay) {
            fail();
        }

        @Override
        public void gaveUp(Status cause) {
            fail();
        }
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        DialTargets targets = new DialTargets(List.of("a"), false, Duration.ZERO, now::get, new Random(1));
        Redial redial = new Redial(
                "test",
                targets,
                exponential().withRounds(1),
                this::after,
                now::get,
                this::attempt,
                outcome,
                new Failing());
        redial.start();
        refuseAttempt();
        timePasses();
        answerAttempt();
        assertThat(events()).containsExactly("OPEN");

        lives(redial, LONGEST);
        timePasses();
        refuseAttempt();
        timePasses();
        refuseAttempt();
        assertThat(events()).containsExactly("OVER refused");
    }
}
