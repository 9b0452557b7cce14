package io.teleport.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerPoolTests {

    private final HandlerPool pool = new HandlerPool("pool-test", 8, 2);

    @AfterEach
    void end() throws InterruptedException {
        pool.close(1, TimeUnit.MILLISECONDS);
    }

    @Test
    void tasksThatComeAtOnceEachGetAThread() throws Exception {
        ExecutorService submitters = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 2_000; round++) {
                // Each task waits for the three others, so none may be behind another in the queue.
                CyclicBarrier together = new CyclicBarrier(4);
                CountDownLatch done = new CountDownLatch(4);
                for (int i = 0; i < 4; i++) {
                    submitters.execute(() -> pool.execute(() -> {
                        try {
                            together.await(30, TimeUnit.SECONDS);
                            done.countDown();
                        } catch (Exception e) {
                            Thread.currentThread().interrupt();
                        }
                    }));
                }
                assertThat(done.await(30, TimeUnit.SECONDS))
                        .as("round " + round)
                        .isTrue();
            }
        } finally {
            submitters.shutdownNow();
        }
    }

    @Test
    void beyondThreadsAndQueueTasksAreRefused() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            pool.execute(() -> {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                ran.incrementAndGet();
                all.countDown();
            });
        }
        assertThatThrownBy(() -> pool.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("limit 2");
        free.countDown();
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksThatWaitWhenThePoolIsCutStillRun() throws Exception {
        HandlerPool small = new HandlerPool("pool-test-small", 1, 10);
        CompletableFuture<Void> running = new CompletableFuture<>();
        CompletableFuture<Void> waited = new CompletableFuture<>();
        small.execute(() -> {
            running.complete(null);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        small.execute(() -> waited.complete(null));
        running.get(30, TimeUnit.SECONDS);
        assertThat(small.close(1, TimeUnit.MILLISECONDS)).isFalse();
        waited.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> small.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
