package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionAgeTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private final EmbeddedChannel connection = new EmbeddedChannel();

    private final List<Duration> passed = new ArrayList<>();

    private final SessionAge age = new SessionAge(passed::add);

    @BeforeEach
    void freezeTime() {
        connection.freezeTime();
    }

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    private void pass(Duration time) {
        connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.runScheduledPendingTasks();
    }

    @Test
    void theAgeRunsFromTheBeginningOfReading() {
        age.age(HOUR);
        pass(HOUR);
        assertThat(age.remaining()).isEmpty();
        age.begin(connection.eventLoop());
        pass(HOUR.minusMillis(1));
        assertThat(passed).isEmpty();
        assertThat(age.remaining()).contains(Duration.ofMillis(1));
        pass(Duration.ofMillis(1));
        assertThat(passed).containsExactly(HOUR);
        assertThat(age.remaining()).contains(Duration.ZERO);
    }

    @Test
    void zeroIsForEver() {
        age.begin(connection.eventLoop());
        pass(Duration.ofDays(1000));
        assertThat(passed).isEmpty();
        assertThat(age.remaining()).isEmpty();
        assertThat(age.age()).isZero();
    }

    @Test
    void settingTheAgeOfALiveSessionRestartsItFromNow() {
        age.age(HOUR);
        age.begin(connection.eventLoop());
        pass(HOUR.minusMillis(1));
        age.age(HOUR);
        pass(HOUR.minusMillis(1));
        assertThat(passed).isEmpty();
        age.age(Duration.ofHours(2));
        assertThat(age.remaining()).contains(Duration.ofHours(2));
        pass(Duration.ofHours(2));
        assertThat(passed).containsExactly(Duration.ofHours(2));
    }

    @Test
    void settingItToZeroTakesTheLimitAway() {
        age.age(HOUR);
        age.begin(connection.eventLoop());
        age.age(Duration.ZERO);
        pass(HOUR);
        assertThat(passed).isEmpty();
    }

    @Test
    void theEndOfTheConnectionStopsItAndTheNextOneBeginsAnew() {
        age.age(HOUR);
        age.begin(connection.eventLoop());
        age.end();
        assertThat(age.remaining()).isEmpty();
        pass(HOUR);
        assertThat(passed).isEmpty();
        age.begin(connection.eventLoop());
        pass(HOUR);
        assertThat(passed).containsExactly(HOUR);
    }

    @Test
    void ageIsNotNegativeAndHasNoUpperEnd() {
        assertThatThrownBy(() -> age.age(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Session age PT-1S (expected zero, for none, or more)");
        age.age(Duration.ofSeconds(Long.MAX_VALUE));
        age.begin(connection.eventLoop());
        pass(Duration.ofDays(36_000));
        assertThat(passed).isEmpty();
    }
}
