package io.teleport.boot.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTests {

    @Test
    void theBoundDoublesUpToTheLongest() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), bound -> bound);

        assertThat(IntStream.of(0, 1, 2, 6, 7, 60, 63, 64, 1_000_000)
                        .mapToObj(attempt -> backoff.delay(attempt).toMillis()))
                .containsExactly(100L, 200L, 400L, 6_400L, 10_000L, 10_000L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void theStandardStaysBetweenNothingAndItsBound() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> Backoff.standard().delay(1)))
                .allMatch(delay -> !delay.isNegative() && delay.toMillis() <= 200);
    }
}
