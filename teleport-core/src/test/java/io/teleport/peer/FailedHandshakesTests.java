package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailedHandshakesTests {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final FailedHandshakes failures = new FailedHandshakes();

    @Test
    void theFirstIsTold() {
        assertThat(failures.toTell(Long.MAX_VALUE)).isZero();
    }

    @Test
    void othersAreCountedForAMinute() {
        assertThat(failures.toTell(5)).isZero();
        assertThat(failures.toTell(6)).isNegative();
        assertThat(failures.toTell(MINUTE + 4)).isNegative();
        assertThat(failures.toTell(MINUTE + 5)).isEqualTo(2);
        assertThat(failures.toTell(MINUTE + 6)).isNegative();
        assertThat(failures.toTell(3 * MINUTE)).isEqualTo(1);
        assertThat(failures.toTell(5 * MINUTE)).isZero();
    }
}
