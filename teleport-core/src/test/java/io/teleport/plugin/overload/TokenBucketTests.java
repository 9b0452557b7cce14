package io.teleport.plugin.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTests {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private TokenBucket bucket(int perSecond) {
        return new TokenBucket(perSecond, now::get);
    }

    private static int takeAll(TokenBucket bucket) {
        int taken = 0;
        while (bucket.take()) {
            taken++;
        }
        return taken;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1_000})
    void itStartsFullAndHoldsNoMoreThanThatEver(int perSecond) {
        TokenBucket bucket = bucket(perSecond);
        assertThat(takeAll(bucket)).isEqualTo(perSecond);
        pass(Duration.ofDays(100_000));
        assertThat(takeAll(bucket)).isEqualTo(perSecond);
    }

    @Test
    void aTokenComesWhenItIsDueAndNotBefore() {
        TokenBucket bucket = bucket(4);
        takeAll(bucket);
        pass(Duration.ofMillis(250).minusNanos(1));
        assertThat(bucket.take()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(bucket.take()).isTrue();
        assertThat(bucket.take()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"5, 100, 3", "3, 1, 60", "7, 13, 91", "1, 1, 30", "1000, 1, 3", "999, 7, 7"})
    void fractionsOfATokenAreNeverLostNorRoundedUp(int perSecond, int stepMillis, int seconds) {
        TokenBucket bucket = bucket(perSecond);
        int taken = takeAll(bucket);
        for (int millis = 0; millis < seconds * 1_000; millis += stepMillis) {
            pass(Duration.ofMillis(stepMillis));
            taken += takeAll(bucket);
        }
        assertThat(taken).isEqualTo(perSecond + perSecond * seconds);
    }

    @Test
    void theLargestRateCounts() {
        TokenBucket bucket = bucket(Integer.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            assertThat(bucket.take()).isTrue();
        }
        pass(Duration.ofDays(1));
        assertThat(bucket.take()).isTrue();
    }

    @Test
    void aClockThatStandsStillGivesNothing() {
        TokenBucket bucket = bucket(2);
        takeAll(bucket);
        now.decrementAndGet();
        assertThat(bucket.take()).isFalse();
    }
}
