package io.teleport.sample.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import io.teleport.boot.Teleport;
import io.teleport.peer.Peer;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import io.teleport.socket.SocketSnapshot;
import io.teleport.testing.GarbageCollection;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * One address sends the sample all families of bad input while a good client calls: all its calls succeed, and when the attack is over nothing of it is left.
 * Prints how long the good calls took, before and meanwhile. System property {@code teleport.hostile.seconds} changes how long it lasts, 10 by default.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"sample.demo=false", "sample.port=0", "sample.chat-port=0", "sample.browser-port=0"})
@Timeout(900)
class HostileClientIT {

    private static final int SECONDS = Integer.getInteger("teleport.hostile.seconds", 10);

    private static final int QUIET_CALLS = 2000;

    private static final int ATTACKERS = 2;

    private static final long LEFT_BEHIND = 64L << 20;

    @Value("${local.teleport.service.port}")
    private int service;

    @Value("${local.teleport.chat.port}")
    private int chat;

    @Value("${local.teleport.browser.port}")
    private int browser;

    @Autowired
    private Teleport teleport;

    private volatile boolean over;

    private static long heap() {
        GarbageCollection.complete();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Gives the time it took, in nanoseconds. */
    private static long goodCall(Session session, int number) {
        long started = System.nanoTime();
        Reply<Integer> reply = session.request("/math/add").call(new int[] {number, 1}, int.class);
        long nanos = System.nanoTime() - started;
        assertThat(reply.status().code()).as("good call %d: %s", number, reply).isZero();
        assertThat(reply.body()).isEqualTo(number + 1);
        return nanos;
    }

    private static String times(List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return String.format(
                "%d calls, p50 %.2f ms, p99 %.2f ms, longest %.2f ms",
                sorted.size(),
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.get(sorted.size() - 1) / 1e6);
    }

    private List<Peer> peers() {
        return List.of(teleport.peer("service"), teleport.peer("chat"), teleport.peer("browser"));
    }

    @Test
    void aGoodClientIsServedWhileAnotherDoesAllItMustNot() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Peer client = Peer.client()) {
            Session session = client.dial("tcp://127.0.0.1:" + service + "?bind=127.0.0.3");
            String socket = session.socketId();
            List<Long> quiet = new ArrayList<>();
            for (int i = 0; i < QUIET_CALLS; i++) {
                quiet.add(goodCall(session, i));
            }
            long heapBefore = heap();
            long directBefore = PlatformDependent.usedDirectMemory();

            List<Future<HostileClient>> attackers = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                long seed = i;
                attackers.add(threads.submit(() -> attack(seed)));
            }
            List<Long> meanwhile = new ArrayList<>();
            long most = directBefore;
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            for (int i = 0; System.nanoTime() - until < 0; i++) {
                meanwhile.add(goodCall(session, i));
                most = Math.max(most, PlatformDependent.usedDirectMemory());
            }
            over = true;
            for (Future<HostileClient> attacker : attackers) {
                HostileClient hostile = attacker.get();
                assertThat(hostile.counts()).containsOnlyKeys(hostile.families());
                hostile.counts()
                        .forEach((family, count) -> System.out.printf(
                                "hostile: %s, %d times, cut off %d times%n", family, count[0], count[1]));
            }
            System.out.printf(
                    "good client, quiet: %s%ngood client, meanwhile: %s%ndirect memory: %d before, %d at most%n",
                    times(quiet), times(meanwhile), directBefore, most);

            awaitOpen(1, 0, 0);
            assertThat(session.isHealthy()).isTrue();
            assertThat(session.socketId()).isEqualTo(socket);
            goodCall(client.dial("tcp://127.0.0.1:" + service), 1);
            for (Peer peer : peers()) {
                System.out.println(
                        peer.name() + ": closed " + peer.sockets().totals().closed());
                assertThat(peer.sockets().closed())
                        .isNotEmpty()
                        .extracting(SocketSnapshot::closeReason)
                        .doesNotContainNull();
            }
            assertThat(heap() - heapBefore).as("heap left behind").isLessThan(LEFT_BEHIND);
            assertThat(PlatformDependent.usedDirectMemory() - directBefore)
                    .as("direct memory left behind")
                    .isLessThan(LEFT_BEHIND);
        } finally {
            over = true;
            threads.shutdownNow();
        }
    }

    private HostileClient attack(long seed) throws Exception {
        try (HostileClient hostile = new HostileClient(seed, "127.0.0.2", service, chat, browser)) {
            do {
                hostile.round();
            } while (!over);
            return hostile;
        }
    }

    /** Nothing tells of connections that never became sessions, so they are looked at until they are gone. */
    private void awaitOpen(Integer... expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        List<Integer> open;
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            open = peers().stream().map(peer -> peer.sockets().openCount()).toList();
        } while (!open.equals(Arrays.asList(expected)) && System.nanoTime() - deadline < 0);
        assertThat(open).containsExactly(expected);
    }
}
