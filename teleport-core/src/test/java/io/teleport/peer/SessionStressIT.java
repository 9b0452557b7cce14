package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.teleport.message.StatusException;
import io.teleport.session.Session;
import io.teleport.testing.Threads;
import io.teleport.transport.LayeredTransport;
import io.teleport.transport.tcp.TcpTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Calls in both directions, calls back from within handlers, and pushes over TCP, while the session is closed by either side, its peer is closed, or
 * the connection is reset. System property {@code teleport.stress.sessions} changes the number of rounds, 20,000 by default.
 */
class SessionStressIT {

    /** 102 for what a closed connection leaves behind, 503 for what comes while a peer closes. */
    private static final Set<Integer> ENDS = Set.of(102, 503);

    private static final int ROUNDS = Integer.getInteger("teleport.stress.sessions", 20_000);

    /** One round in so many closes a whole peer. */
    private static final int PEER_CLOSES = 50;

    private static final int DRIVERS = 2;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private final AtomicInteger numbers = new AtomicInteger();

    private final AtomicLong answered = new AtomicLong();

    private final AtomicLong ended = new AtomicLong();

    @Test
    void everyCallOfEverySessionEndsOnceAndWithItsOwnAnswer() throws Exception {
        AtomicInteger left = new AtomicInteger(ROUNDS);
        ExecutorService threads = Executors.newFixedThreadPool(DRIVERS);
        try (Peer server = withRoutes(peer("stress-server").listen("tcp://127.0.0.1:0"));
                Peer client = withRoutes(peer("stress-client"));
                Peer resetting = withRoutes(peer("stress-reset").register(new ResettingTcp()))) {
            String address = "tcp://127.0.0.1:" + server.start().port();
            List<Future<?>> drivers = new ArrayList<>();
            for (int i = 0; i < DRIVERS; i++) {
                drivers.add(threads.submit(() -> {
                    for (int round = left.getAndDecrement(); round > 0 && complaints.isEmpty(); ) {
                        if (round % PEER_CLOSES == 0) {
                            closePeer(server, address);
                        } else {
                            closeSession(server, round % 2 == 0 ? client : resetting, address);
                        }
                        round = left.getAndDecrement();
                    }
                    return null;
                }));
            }
            for (Future<?> driver : drivers) {
                driver.get();
            }
            assertThat(complaints).isEmpty();
            for (Peer peer : List.of(server, client, resetting)) {
                soon(peer.closeAsync());
                assertThat(peer.sockets().openCount()).isZero();
                assertThat(peer.sessions().count()).isZero();
            }
            System.out.printf(
                    "%d rounds: %d calls answered, %d ended with 102 or 503; server sockets closed %s%n",
                    ROUNDS,
                    answered.get(),
                    ended.get(),
                    server.sockets().totals().closed());
        } finally {
            threads.shutdownNow();
        }
        assertThat(answered.get()).isPositive();
        assertThat(ended.get()).isPositive();
        assertThat(Threads.thatStay("teleport-stress-")).isEmpty();
    }

    private static PeerBuilder peer(String name) {
        return Peer.builder()
                .name(name)
                .eventLoopThreads(1)
                .callTimeout(Duration.ofMinutes(5))
                .closeTimeout(Duration.ofSeconds(20));
    }

    private Peer withRoutes(PeerBuilder builder) {
        Peer peer = builder.build();
        peer.router()
                .call("/echo", int.class, (context, number) -> number)
                .call("/later", int.class, (context, number) -> CompletableFuture.supplyAsync(() -> number))
                .call("/back", int.class, (context, number) -> context.session().call("/echo", number, int.class))
                .call(
                        "/back/later",
                        int.class,
                        (context, number) -> context.session().callAsync("/later", number, int.class))
                .call("/close", int.class, (context, number) -> {
                    context.session().close();
                    return number;
                })
                .push("/push", int.class, (context, number) -> {});
        return peer;
    }

    private void closeSession(Peer server, Peer client, String address) throws Exception {
        Session session = client.dial(address);
        List<CompletableFuture<?>> calls = begin(session);
        int way = ThreadLocalRandom.current().nextInt(4);
        if (way == 0) {
            session.close();
            session.close(Duration.ZERO);
        } else if (way == 1) {
            session.close(Duration.ZERO);
        } else if (way == 2) {
            // The same connection has the same id at both ends.
            server.sessions().get(session.id()).ifPresent(other -> calls.addAll(begin(other)));
            server.sessions().get(session.id()).ifPresent(other -> other.close(Duration.ZERO));
        } else {
            calls.add(check(session.callAsync("/close", 7, int.class), 7));
        }
        calls.addAll(begin(session));
        await(calls, session);
        session.close(Duration.ZERO);
        session.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
        if (session.isHealthy()
                || client.sessions().get(session.id()).filter(session::equals).isPresent()) {
            complaints.add("a closed session is still there: " + session);
        }
    }

    private void closePeer(Peer server, String address) throws Exception {
        Peer client = withRoutes(peer("stress-short"));
        Session session = client.dial(address);
        List<CompletableFuture<?>> calls = begin(session);
        server.sessions().get(session.id()).ifPresent(other -> calls.addAll(begin(other)));
        CompletableFuture<Void> closed = client.closeAsync();
        calls.addAll(begin(session));
        await(calls, session);
        closed.get(60, TimeUnit.SECONDS);
        if (client.sockets().openCount() != 0 || client.sessions().count() != 0) {
            complaints.add("a closed peer has connections");
        }
    }

    private List<CompletableFuture<?>> begin(Session session) {
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (String route : List.of("/echo", "/later", "/back", "/back/later")) {
            int number = numbers.incrementAndGet();
            calls.add(check(session.callAsync(route, number, int.class), number));
        }
        calls.add(session.request("/push").push(1).exceptionally(failure -> {
            expectedEnd(failure);
            return null;
        }));
        return calls;
    }

    private CompletableFuture<?> check(CompletableFuture<Integer> call, int expected) {
        AtomicInteger completions = new AtomicInteger();
        return call.handle((result, failure) -> {
            if (completions.incrementAndGet() > 1) {
                complaints.add("a call was completed twice");
            }
            if (failure != null) {
                expectedEnd(failure);
                ended.incrementAndGet();
            } else if (result != expected) {
                complaints.add("wrong reply: " + result + " instead of " + expected);
            } else {
                answered.incrementAndGet();
            }
            return null;
        });
    }

    private void expectedEnd(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof StatusException refused)
                || !ENDS.contains(refused.status().code())) {
            complaints.add("ended with " + cause);
        }
    }

    private static void soon(CompletableFuture<?> event) throws Exception {
        event.get(60, TimeUnit.SECONDS);
    }

    private void await(List<CompletableFuture<?>> calls, Session session) throws Exception {
        try {
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            complaints.add("calls of " + session + " hang");
        }
    }

    /** Every close by this side is a reset. */
    private static final class ResettingTcp extends LayeredTransport {

        ResettingTcp() {
            super("tcp", new TcpTransport());
        }

        @Override
        public void configure(Bootstrap bootstrap) {
            super.configure(bootstrap);
            bootstrap.option(ChannelOption.SO_LINGER, 0);
        }
    }
}
