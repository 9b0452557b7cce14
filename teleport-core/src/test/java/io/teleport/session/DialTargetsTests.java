package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DialTargetsTests {

    private final AtomicLong now = new AtomicLong(42);

    private DialTargets targets(boolean random) {
        return new DialTargets(List.of("a", "b", "c"), random, Duration.ofSeconds(10), now::get, new Random(1));
    }

    @Test
    void anAddressThatFailedIsTriedLastUntilItsTimeHasPassed() {
        DialTargets targets = targets(false);
        targets.failed("a");

        assertThat(targets.round()).containsExactly("b", "c", "a");
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(targets.round()).containsExactly("a", "b", "c");
    }

    @Test
    void whereAllFailedTheOneThatFailedFirstComesFirst() {
        DialTargets targets = targets(false);
        for (String address : List.of("c", "a", "b")) {
            targets.failed(address);
            now.incrementAndGet();
        }

        assertThat(targets.round()).containsExactly("c", "a", "b");
    }

    @Test
    void oneThatAnsweredIsNoLongerPutAside() {
        DialTargets targets = targets(false);
        targets.failed("a");
        targets.succeeded("a");

        assertThat(targets.round()).containsExactly("a", "b", "c");
    }

    @Test
    void aRandomOrderHasEachAddressOnceAndEachOneFirstAtTimes() {
        DialTargets targets = targets(true);
        Set<String> first = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(targets.round()).containsExactlyInAnyOrder("a", "b", "c");
            first.add(targets.round().get(0));
        }

        assertThat(first).containsExactlyInAnyOrder("a", "b", "c");
    }
}
