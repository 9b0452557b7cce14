package io.teleport.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyedQueuesTests {

    private final KeyedQueues queues = new KeyedQueues();

    @Test
    void tasksOfOneKeyBeginWhenTheOneBeforeHasEndedAndThoseOfAnotherAtOnce() {
        List<String> begun = new ArrayList<>();
        List<Runnable> ends = new ArrayList<>();
        for (String task : List.of("a1", "a2", "b1")) {
            queues.submit(task.charAt(0), ended -> {
                begun.add(task);
                ends.add(ended);
            });
        }
        assertThat(begun).containsExactly("a1", "b1");
        ends.get(0).run();
        assertThat(begun).containsExactly("a1", "b1", "a2");
    }

    @Test
    void keysWithNothingLeftAreForgotten() {
        List<Runnable> ends = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            queues.submit(i, Runnable::run);
            queues.submit("busy", ends::add);
        }
        assertThat(queues.size()).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            ends.get(i).run();
        }
        assertThat(queues.size()).isZero();
    }

    @Test
    void whileAKeyIsForgottenNoTaskOfItIsLostOrRunsBesideAnother() throws Exception {
        int rounds = 20_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(4 * rounds);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < rounds; i++) {
                        queues.submit("key", end -> {
                            if (inside.getAndIncrement() > 0) {
                                overlaps.incrementAndGet();
                            }
                            inside.decrementAndGet();
                            ended.countDown();
                            end.run();
                        });
                    }
                });
            }
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(overlaps).hasValue(0);
        assertThat(queues.size()).isZero();
    }
}
