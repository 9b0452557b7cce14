package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.AuthChecker;
import io.teleport.session.Principal;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialListener;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Session;
import io.teleport.testing.Eventually;
import io.teleport.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server is restarted on its port under 500 sessions that are dialed again, while they call: all come back logged in, not all at once, and of the
 * calls none is lost, completed twice, or handled twice. Prints when they came back. System property {@code teleport.fault.clients} changes how many.
 */
@Timeout(300)
class ServerRestartIT {

    private static final int SESSIONS = Integer.getInteger("teleport.fault.clients", 500);

    /** Of each session, in each phase. */
    private static final int CALLS = 3;

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(3);

    private static final RedialPolicy POLICY =
            RedialPolicy.standard().withDelay(RedialDelay.exponential(FIRST_DELAY, LONGEST_DELAY));

    private static final long SLICE_MILLIS = 250;

    /** How often a handler began with the call of this number. */
    private final Map<Integer, AtomicInteger> handled = new ConcurrentHashMap<>();

    /** Handlers that do not end before their server has. */
    private final Queue<CompletableFuture<Integer>> held = new ConcurrentLinkedQueue<>();

    private final List<Call> calls = new ArrayList<>();

    private final List<Client> clients = new ArrayList<>();

    private final CountDownLatch lost = new CountDownLatch(SESSIONS);

    /** Each client has found out once that nobody listens. */
    private final CountDownLatch refused = new CountDownLatch(SESSIONS);

    private final CountDownLatch back = new CountDownLatch(SESSIONS);

    private volatile boolean listensAgain;

    private volatile long listensSince;

    /** A call and how often it was completed. */
    private static final class Call {

        private final int number;

        private final AtomicInteger completions = new AtomicInteger();

        private final CompletableFuture<Integer> reply;

        private Call(int number, CompletableFuture<Integer> reply) {
            this.number = number;
            this.reply = reply;
            reply.whenComplete((result, failure) -> completions.incrementAndGet());
        }

        /** 0 for the right reply, else the code of its named failure. */
        private int outcome() throws Exception {
            try {
                assertThat(reply.get(120, TimeUnit.SECONDS)).isEqualTo(number);
                return 0;
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() instanceof CompletionException
                                && e.getCause().getCause() != null
                        ? e.getCause().getCause()
                        : e.getCause();
                assertThat(cause).isInstanceOf(StatusException.class);
                return ((StatusException) cause).status().code();
            }
        }
    }

    /** One session and how its dialing went. */
    private final class Client implements RedialListener {

        private final String user;

        private final AtomicInteger failuresWhileDown = new AtomicInteger();

        private final AtomicInteger failuresSince = new AtomicInteger();

        private final AtomicLong firstDelay = new AtomicLong(-1);

        private final AtomicLong longestDelay = new AtomicLong();

        private volatile long backAfterMillis;

        private volatile boolean wasLost;

        private Session session;

        private Client(int number) {
            this.user = "user-" + number;
        }

        @Override
        public void lost(Status cause) {
            wasLost = true;
            lost.countDown();
        }

        @Override
        public void failed(String address, Status cause) {
            if (listensAgain) {
                failuresSince.incrementAndGet();
            } else if (failuresWhileDown.incrementAndGet() == 1) {
                refused.countDown();
            }
        }

        @Override
        public void waiting(Duration delay) {
            firstDelay.compareAndSet(-1, delay.toMillis());
            longestDelay.accumulateAndGet(delay.toMillis(), Math::max);
        }

        @Override
        public void connected(String address) {
            if (wasLost) {
                backAfterMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - listensSince);
                back.countDown();
            }
        }

        private void call(String route) {
            synchronized (calls) {
                int number = calls.size();
                calls.add(new Call(number, session.callAsync(route, number, int.class)));
            }
        }
    }

    private Peer server(String address) {
        Peer server = Peer.builder()
                .name("restarted")
                .listen(address)
                .closeTimeout(Duration.ofSeconds(10))
                .plugin(AuthChecker.of(request -> Principal.of(request.token())))
                .build();
        server.router()
                .call("/count", int.class, (context, number) -> handle(number))
                .call("/hold", int.class, (context, number) -> {
                    handle(number);
                    CompletableFuture<Integer> never = new CompletableFuture<>();
                    held.add(never);
                    return never;
                });
        return server.start();
    }

    private int handle(int number) {
        handled.computeIfAbsent(number, none -> new AtomicInteger()).incrementAndGet();
        return number;
    }

    private Peer client() {
        Map<Session, String> users = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        return Peer.builder()
                .name("restart-client")
                .callTimeout(Duration.ofMinutes(5))
                .plugin(AuthBearer.of(
                        session -> users.computeIfAbsent(session, none -> "user-" + next.getAndIncrement())))
                .build();
    }

    /** @param graceMillis for calls that run, 0 as if the server had died */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000})
    void everyClientIsBackAndNoCallIsLostOrDoubled(long graceMillis) throws Exception {
        Peer first = server("tcp://127.0.0.1:0");
        String address = first.listening().get(0).toString();
        try (Peer client = client()) {
            for (int i = 0; i < SESSIONS; i++) {
                Client one = new Client(i);
                one.session = client.dial(DialOptions.to(address).redial(POLICY).listener(one));
                clients.add(one);
            }
            callOnAll("/count");
            for (Call call : calls) {
                assertThat(call.outcome()).isZero();
            }
            assertLoggedIn(first);
            callOnAll("/hold");
            CompletableFuture<?> racing = CompletableFuture.runAsync(() -> callOnAll("/count"));
            first.closeAsync(Duration.ofMillis(graceMillis)).get(60, TimeUnit.SECONDS);
            held.forEach(handler -> handler.complete(-1));
            racing.get(60, TimeUnit.SECONDS);
            await(lost);
            callOnAll("/count");
            await(refused);

            listensSince = System.nanoTime();
            try (Peer second = server(address)) {
                listensAgain = true;
                await(back);
                callOnAll("/count");
                assertEveryCallHasOneOutcome();
                assertLoggedIn(second);
                assertWithinTheBoundAndSpread();
            }
        } finally {
            first.close();
        }
        assertThat(Threads.thatStay("teleport-restart")).isEmpty();
    }

    private static void await(CountDownLatch event) throws InterruptedException {
        assertThat(event.await(120, TimeUnit.SECONDS))
                .as("all %d in time", SESSIONS)
                .isTrue();
    }

    private void callOnAll(String route) {
        for (Client one : clients) {
            IntStream.range(0, CALLS).forEach(i -> one.call(route));
        }
    }

    private static void assertLoggedIn(Peer server) {
        // A client is told that it is logged in before others find its session.
        Eventually.holds("all sessions", () -> server.sessions().count() >= SESSIONS);
        assertThat(server.sessions().count()).isEqualTo(SESSIONS);
        for (int i = 0; i < SESSIONS; i++) {
            assertThat(server.sessions().ofPrincipal("user-" + i))
                    .as("sessions of user-%d", i)
                    .hasSize(1);
        }
    }

    /** Sent = replied + failed by name; a reply was handled once, nothing twice. */
    private void assertEveryCallHasOneOutcome() throws Exception {
        Map<Integer, Integer> outcomes = new TreeMap<>();
        for (Call call : calls) {
            int outcome = call.outcome();
            outcomes.merge(outcome, 1, Integer::sum);
            int times = handled.getOrDefault(call.number, new AtomicInteger()).get();
            assertThat(times)
                    .as("call %d, outcome %d, times handled", call.number, outcome)
                    .isBetween(outcome == 0 ? 1 : 0, 1);
            assertThat(call.completions)
                    .as("completions of call %d", call.number)
                    .hasValue(1);
        }
        assertThat(outcomes.keySet())
                .as("0 is a reply, others are named failures")
                .isSubsetOf(0, 102, 503);
        int sent = SESSIONS * CALLS * 5;
        assertThat(calls).hasSize(sent);
        // Those made before, those made while there was no server, and those made afterwards are all answered.
        assertThat(outcomes.get(0)).isGreaterThanOrEqualTo(SESSIONS * CALLS * 3);
        // Those whose handlers never end are not.
        assertThat(sent - outcomes.get(0)).isGreaterThanOrEqualTo(SESSIONS * CALLS);
        System.out.printf("%d calls, by outcome (0 replied): %s%n", sent, outcomes);
    }

    /**
     * In attempts and delays, as the clock is the machine's: nobody needs more than the one round that may have begun before the server was there, nobody
     * waits longer than the policy's bound, and their first delays differ.
     */
    private void assertWithinTheBoundAndSpread() {
        assertThat(clients).allSatisfy(one -> {
            assertThat(one.failuresSince.get())
                    .as("failures of %s once the server was there", one.user)
                    .isLessThanOrEqualTo(1);
            assertThat(one.longestDelay.get()).isLessThanOrEqualTo(LONGEST_DELAY.toMillis());
        });
        Map<Long, Integer> delays = new TreeMap<>();
        Map<Integer, Integer> attempts = new TreeMap<>();
        Map<Long, Integer> slices = new TreeMap<>();
        for (Client one : clients) {
            delays.merge(one.firstDelay.get(), 1, Integer::sum);
            attempts.merge(one.failuresWhileDown.get() + one.failuresSince.get(), 1, Integer::sum);
            slices.merge(one.backAfterMillis / SLICE_MILLIS * SLICE_MILLIS, 1, Integer::sum);
        }
        System.out.printf(
                "back after milliseconds: %s; failed attempts before that: %s; different first delays: %d%n",
                slices, attempts, delays.size());
        // A hundred milliseconds or more, of which each client chooses one; without jitter it would be one.
        assertThat(delays).hasSizeGreaterThan(30);
        assertThat(delays.values()).allSatisfy(count -> assertThat(count).isLessThan(SESSIONS / 10));
    }
}
