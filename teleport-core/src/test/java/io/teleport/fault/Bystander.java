package io.teleport.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.peer.Peer;
import io.teleport.session.Session;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Somebody who calls {@code /echo} on a session of its own all the time, and has every call answered, whatever happens to others of the same peer. */
final class Bystander {

    private static final int SOME = 20;

    private final Peer client =
            Peer.builder().name("fault-bystander").eventLoopThreads(1).build();

    private final Session session;

    private final Thread thread = new Thread(this::call, "bystander");

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private volatile CountDownLatch more = new CountDownLatch(SOME);

    private volatile boolean over;

    private int answered;

    Bystander(String address) {
        session = client.dial(address);
        thread.start();
    }

    private void call() {
        try {
            while (!over) {
                assertThat(session.call("/echo", answered, int.class)).isEqualTo(answered);
                answered++;
                more.countDown();
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    /** The id of its session at the server. */
    String id() {
        return session.id();
    }

    /** Returns when some more calls were answered. */
    void goesOn() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(SOME);
        more = next;
        while (!next.await(100, TimeUnit.MILLISECONDS)) {
            assertThat(failure.get()).isNull();
            assertThat(thread.isAlive()).isTrue();
        }
    }

    /** Fails if a call was not answered, or its session has ended. */
    void end() throws Exception {
        over = true;
        thread.join();
        assertThat(failure.get()).as("what became of the bystander").isNull();
        assertThat(session.isHealthy()).isTrue();
        client.closeAsync(Duration.ZERO).get(60, TimeUnit.SECONDS);
    }
}
