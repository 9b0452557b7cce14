package io.teleport.sample.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MusterTests {

    private long nanos = 7;

    private final CallCounts calls = new CallCounts();

    private final Muster muster = new Muster(3, calls, () -> nanos);

    private void pass(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }

    private void allArrive() {
        muster.arrived();
        muster.arrived();
        assertThat(muster.arrived()).isPresent();
    }

    @Test
    void reportsWhenTheLastHasCome() {
        pass(1_000);
        assertThat(muster.arrived()).isEmpty();
        pass(99);
        assertThat(muster.arrived()).isEmpty();
        pass(151);
        assertThat(muster.arrived()).hasValueSatisfying(report -> {
            assertThat(report.arrived()).isEqualTo(3);
            assertThat(report.firstAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(report.allAfter()).isEqualTo(Duration.ofMillis(1_250));
            assertThat(report.arrivals()).containsExactly(2, 0, 1);
        });
    }

    @Test
    void beginsAnewWithTheFirstLossAfterAllWereHere() {
        muster.waiting(Duration.ofSeconds(9));
        allArrive();
        pass(5_000);
        assertThat(muster.lost()).isTrue();
        assertThat(muster.lost()).isFalse();
        muster.waiting(Duration.ofMillis(80));
        muster.waiting(Duration.ofMillis(30));
        assertThat(muster.arrived()).isEmpty();
        pass(40);
        assertThat(muster.arrived()).hasValueSatisfying(report -> {
            assertThat(report.arrived()).isEqualTo(2);
            assertThat(report.allAfter()).isEqualTo(Duration.ofMillis(40));
            assertThat(report.longestWait()).isEqualTo(Duration.ofMillis(80));
        });
    }

    @Test
    void tellsAFailureOnce() {
        Status refused = Status.of(105, "Dial Failed", "refused");
        assertThat(muster.failed(refused)).isTrue();
        assertThat(muster.failed(refused)).isFalse();
        allArrive();
        muster.lost();
        assertThat(muster.failed(refused)).isTrue();
    }

    @Test
    void countsEachCallUnderOneOutcome() {
        for (int i = 0; i < 5; i++) {
            calls.made();
        }
        calls.answered(true);
        calls.answered(false);
        calls.failed("102 Connection Closed");
        assertThat(calls.snapshot())
                .hasToString("5 made: 1 answered, 1 answered wrongly, failed {102 Connection Closed=1}, 2 under way");
    }
}
