package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallDeadlinesTests {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final RecordingLoop loop = new RecordingLoop();

    @AfterEach
    void endLoop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private long timersSet() {
        return loop.timers.stream().filter(timer -> !timer.isDone()).count();
    }

    @Test
    void quickCallsBesideASlowOneLeaveNoTimersBehind() throws Exception {
        CountDownLatch fired = new CountDownLatch(5);
        CallDeadlines deadlines = new CallDeadlines(loop, now -> {
            fired.countDown();
            return HOUR;
        });
        deadlines.watch(System.nanoTime() + HOUR);
        while (fired.getCount() > 0) {
            long before = fired.getCount();
            deadlines.watch(System.nanoTime());
            while (fired.getCount() == before) {
                Thread.onSpinWait();
            }
            // There is one thread, so this comes after all that firing does.
            loop.submit(() -> {}).get(60, TimeUnit.SECONDS);
        }
        assertThat(timersSet()).isEqualTo(1);
    }

    @Test
    void theEndOfTheConnectionCancelsEveryTimer() {
        CallDeadlines deadlines = new CallDeadlines(loop, now -> Long.MAX_VALUE);
        deadlines.watch(System.nanoTime() + 2 * HOUR);
        deadlines.watch(System.nanoTime() + HOUR);
        deadlines.stop();
        deadlines.watch(System.nanoTime() + HOUR / 2);
        assertThat(timersSet()).isZero();
    }

    private static final class RecordingLoop extends SingleThreadEventExecutor {

        private final Queue<ScheduledFuture<?>> timers = new ConcurrentLinkedQueue<>();

        RecordingLoop() {
            super(null, new DefaultThreadFactory("deadlines"), true);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            ScheduledFuture<?> timer = super.schedule(command, delay, unit);
            timers.add(timer);
            return timer;
        }

        @Override
        protected void run() {
            do {
                Runnable task = takeTask();
                if (task != null) {
                    runTask(task);
                }
            } while (!confirmShutdown());
        }
    }
}
