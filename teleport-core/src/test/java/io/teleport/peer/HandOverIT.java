package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.Session;
import io.teleport.testing.ChildProcess;
import io.teleport.transport.IoKind;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One process takes a port over from another, while others keep connecting and calling. */
class HandOverIT {

    private static final int CALLERS = 4;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS + 1);

    /** Each caller counts down once for each answer. */
    private final CountDownLatch firstAnswered = new CountDownLatch(50);

    private final CountDownLatch secondAnswered = new CountDownLatch(50);

    private final Peer client = Peer.builder()
            .name("client")
            .dialTimeout(Duration.ofSeconds(30))
            .eventLoopThreads(1)
            .build();

    private Peer first;

    private String address;

    private volatile CountDownLatch answersOfSecond = new CountDownLatch(0);

    private volatile boolean over;

    @BeforeEach
    void startTheFirst() {
        assumeTrue(IoKind.best() == IoKind.EPOLL);
        first = Peer.builder()
                .name("first")
                .listen("tcp://127.0.0.1:0")
                .reusePort(true)
                .build();
        first.router().call("/who", void.class, (context, nothing) -> "first");
        first.start();
        address = first.listening().get(0).toString();
    }

    @AfterEach
    void end() {
        over = true;
        threads.shutdownNow();
        client.close();
        first.close();
    }

    @Test
    @Timeout(180)
    void theNextProcessTakesThePortOverAndNoConnectionIsRefusedAndNoCallLost() throws Exception {
        List<Future<?>> callers = List.of(
                threads.submit(this::keepDialing),
                threads.submit(this::keepDialing),
                threads.submit(this::keepDialing),
                threads.submit(this::keepCalling));
        assertThat(firstAnswered.await(60, TimeUnit.SECONDS)).isTrue();

        try (ChildProcess second = new ChildProcess(HandOverServer.class, address)) {
            second.awaitLine(HandOverServer.READY);

            first.closeAsync().get(60, TimeUnit.SECONDS);
            CountDownLatch afterwards = new CountDownLatch(50);
            answersOfSecond = afterwards;
            assertThat(secondAnswered.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(afterwards.await(60, TimeUnit.SECONDS)).isTrue();
            over = true;
            for (Future<?> caller : callers) {
                caller.get(60, TimeUnit.SECONDS);
            }
            assertThat(failures).isEmpty();

            assertThat(second.end()).isZero();
        }
    }

    /** A new connection for each call. */
    private void keepDialing() {
        while (!over) {
            try {
                Session session = client.dial(address);
                call(session);
                session.close(Duration.ZERO);
            } catch (StatusException e) {
                failures.add(e.status().toString());
            }
        }
    }

    /** One connection, until it is told to go elsewhere. */
    private void keepCalling() {
        try {
            Session session = client.dial(address);
            while (!over) {
                if (!call(session)) {
                    session = client.dial(address);
                }
            }
        } catch (StatusException e) {
            failures.add(e.status().toString());
        }
    }

    /** False if another peer should be asked, which this one says without having handled the call. */
    private boolean call(Session session) {
        try {
            String who = session.call("/who", null, String.class);
            if (who.equals("first")) {
                firstAnswered.countDown();
            } else {
                secondAnswered.countDown();
                answersOfSecond.countDown();
            }
            return true;
        } catch (StatusException e) {
            if (e.status().code() != StatusCode.SERVICE_UNAVAILABLE) {
                throw e;
            }
            return false;
        }
    }
}
