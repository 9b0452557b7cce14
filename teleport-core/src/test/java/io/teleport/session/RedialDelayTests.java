package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedialDelayTests {

    @Test
    void theBoundDoublesUpToTheLongest() {
        RedialDelay delay = new RedialDelay(Duration.ofMillis(100), Duration.ofSeconds(10), false, bound -> bound);

        assertThat(IntStream.of(0, 1, 2, 6, 7, 60, 63, 64, 1_000_000)
                        .mapToObj(failures -> delay.after(failures).toMillis()))
                .containsExactly(100L, 200L, 400L, 6_400L, 10_000L, 10_000L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void theStandardStaysBetweenNothingAndItsBound() {
        RedialDelay standard = RedialPolicy.standard().delay();

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> standard.after(1)))
                .allMatch(delay -> !delay.isNegative() && delay.toMillis() <= 200);
    }

    @Test
    void aFixedDelayIsTheSameEachTimeAndTheFirstAttemptDoesNotWait() {
        RedialDelay fixed = RedialDelay.fixed(Duration.ofMillis(70));

        assertThat(IntStream.of(0, 1, 63)
                        .mapToObj(failures -> fixed.after(failures).toMillis()))
                .containsExactly(70L, 70L, 70L);
        assertThat(fixed.beforeFirst()).isZero();
    }

    @Test
    void delaysWithoutLengthAndInTheWrongOrderAreRefused() {
        assertThatThrownBy(() -> RedialDelay.fixed(Duration.ZERO)).hasMessageContaining("expected a millisecond");
        assertThatThrownBy(() -> RedialDelay.exponential(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("expected no less than the first");
    }
}
