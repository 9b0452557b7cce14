package io.teleport.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tasks that run at the same moment, each on a thread of its own. */
public final class Race implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Lets all begin together and waits for their ends; fails as the first of them that fails. */
    public void together(Task... tasks) throws Exception {
        CountDownLatch ready = new CountDownLatch(tasks.length);
        List<Future<?>> ends = new ArrayList<>();
        for (Task task : tasks) {
            ends.add(threads.submit(() -> {
                ready.countDown();
                ready.await();
                task.run();
                return null;
            }));
        }
        for (Future<?> end : ends) {
            end.get(60, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** What runs against others. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }
}
