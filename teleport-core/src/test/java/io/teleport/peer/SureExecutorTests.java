package io.teleport.peer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SureExecutorTests {

    private final CountDownLatch ran = new CountDownLatch(1);

    @Test
    void aCompletionIsNotLostWhereItsPoolIsFull() throws Exception {
        new SureExecutor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .execute(ran::countDown);
        Assertions.assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCompletionIsNotLostWhereTheSystemHasNoThreadForItsPool() throws Exception {
        new SureExecutor(task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                })
                .execute(ran::countDown);
        Assertions.assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
