package io.teleport.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an event loop hands to a {@link HandlerPool} in one turn. */
class BurstTests {

    private static final int THREADS = 16;

    private final EventLoop loop = new DefaultEventLoop();

    private final HandlerPool pool = new HandlerPool("burst-test", THREADS, 1_000_000);

    @AfterEach
    void end() throws InterruptedException {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        pool.close(30, TimeUnit.SECONDS);
    }

    private void burst(int tasks, Runnable task) throws Exception {
        loop.submit(() -> {
                    for (int i = 0; i < tasks; i++) {
                        pool.executeFrom(loop, task);
                    }
                })
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void tasksOfABurstThatWaitForEachOtherEachGetAThread() throws Exception {
        for (int round = 0; round < 200; round++) {
            CyclicBarrier together = new CyclicBarrier(THREADS);
            CountDownLatch done = new CountDownLatch(THREADS);
            burst(THREADS, () -> {
                try {
                    together.await(30, TimeUnit.SECONDS);
                    done.countDown();
                } catch (Exception e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(done.await(30, TimeUnit.SECONDS)).as("round " + round).isTrue();
        }
    }

    @Test
    void aTaskBehindOneThatNeverEndsGetsAThread() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        try {
            burst(1, () -> awaitQuietly(free));
            for (int round = 0; round < 50; round++) {
                CountDownLatch done = new CountDownLatch(1);
                burst(1, done::countDown);
                assertThat(done.await(30, TimeUnit.SECONDS))
                        .as("round " + round)
                        .isTrue();
            }
        } finally {
            free.countDown();
        }
    }

    @Test
    void everyTaskRunsOnceWhereverItCameFrom() throws Exception {
        int perSource = 20_000;
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(2 * perSource);
        Runnable task = () -> {
            ran.incrementAndGet();
            all.countDown();
        };
        Thread outside = new Thread(() -> {
            for (int i = 0; i < perSource; i++) {
                pool.executeFrom(loop, task);
            }
        });
        outside.start();
        for (int left = perSource; left > 0; left -= 20) {
            burst(20, task);
        }
        outside.join();
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        pool.close(30, TimeUnit.SECONDS);
        assertThat(ran).hasValue(2 * perSource);
    }

    @Test
    void quickTasksOfABurstShareAThread() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(10);
        burst(10, () -> {
            threads.add(Thread.currentThread());
            done.countDown();
        });
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        // One is woken for them; others may have joined where the machine was busy with something else for a
        // millisecond.
        assertThat(threads).hasSizeLessThan(10);
    }

    @Test
    void aTaskThatThrowsTakesNothingWithIt() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        burst(1, () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
            throw new IllegalStateException("on purpose");
        });
        burst(1, done::countDown);
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptDoesNotReachTheNextTask() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Set<Boolean> interrupted = ConcurrentHashMap.newKeySet();
        burst(1, () -> Thread.currentThread().interrupt());
        burst(1, () -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            done.countDown();
        });
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted).containsExactly(false);
    }

    @Test
    void whatTheLoopAddsWhileThePoolClosesRunsOrIsRefused() throws Exception {
        for (int round = 0; round < 500; round++) {
            HandlerPool closing = new HandlerPool("burst-test-closing", 2, 100);
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            CountDownLatch added = new CountDownLatch(1);
            loop.execute(() -> {
                try {
                    for (int i = 0; i < 10; i++) {
                        closing.executeFrom(loop, ran::incrementAndGet);
                        accepted.incrementAndGet();
                    }
                } catch (RejectedExecutionException e) {
                    assertThat(e).hasMessageContaining("closed");
                }
                added.countDown();
            });
            assertThat(closing.close(30, TimeUnit.SECONDS)).isTrue();
            assertThat(added.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(closing.close(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ran).as("round " + round).hasValue(accepted.get());
            assertThatThrownBy(() -> closing.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
