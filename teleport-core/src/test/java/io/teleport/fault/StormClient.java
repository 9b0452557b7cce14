package io.teleport.fault;

import io.teleport.peer.Peer;
import io.teleport.session.Session;
import io.teleport.testing.ChildProcess;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/** Dials so many sessions at once as it is told to, calls on each, and keeps them. */
final class StormClient {

    static final String DONE = "answered: ";

    private StormClient() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        AtomicInteger answered = new AtomicInteger();
        Phaser done = new Phaser(1);
        try (Peer client = Peer.builder()
                .name("storm")
                .dialTimeout(Duration.ofMinutes(1))
                .callTimeout(Duration.ofMinutes(1))
                .build()) {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                int number = i;
                done.register();
                client.dialAsync(arguments[0])
                        .thenCompose((Session session) -> session.callAsync("/echo", number, int.class))
                        .whenComplete((reply, failure) -> {
                            if (failure == null && reply == number) {
                                answered.incrementAndGet();
                            } else {
                                System.out.println("failed: " + failure);
                            }
                            done.arriveAndDeregister();
                        });
            }
            done.arriveAndAwaitAdvance();
            long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            System.out.println(DONE + answered.get() + " in " + millis + " ms");
            ChildProcess.awaitEnd();
        }
    }
}
