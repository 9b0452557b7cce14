package io.teleport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutboundQueueTests {

    @Test
    void aFrameThatFitsIsNotRefusedBecauseALargerOneJustWas() throws Exception {
        OutboundQueue queue = new OutboundQueue(1_000, OutboundPolicy.REFUSE);
        assertThat(queue.reserve(100, 0)).isTrue();
        ExecutorService other = Executors.newSingleThreadExecutor();
        AtomicBoolean done = new AtomicBoolean();
        try {
            Future<?> refused = other.submit(() -> {
                while (!done.get()) {
                    assertThat(queue.reserve(950, 0)).isFalse();
                }
            });
            for (int i = 0; i < 200_000; i++) {
                assertThat(queue.reserve(10, 0)).isTrue();
                queue.giveBack(10);
            }
            done.set(true);
            refused.get();
            assertThat(queue.waitingBytes()).isEqualTo(100);
        } finally {
            done.set(true);
            other.shutdownNow();
        }
    }
}
