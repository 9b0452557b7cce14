package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teleport.message.Status;
import io.teleport.router.MessageContext;
import io.teleport.router.OrderKey;
import io.teleport.router.Ordering;
import io.teleport.session.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Guarantee G8: order is stated. Go swaps 3 to 28 % of neighbours (behaviour.md section 1). */
class OrderingTests extends PeerPair {

    private static final Logger log = LoggerFactory.getLogger(OrderingTests.class);

    private static final int PUSHES = 5_000;

    private static final String KEY = "X-Account";

    record Numbered(String account, int number) {}

    /** Counts the messages that come after one with a higher number of the same account. */
    private static final class Inversions {

        private final Map<String, Integer> highest = new ConcurrentHashMap<>();

        private final AtomicInteger count = new AtomicInteger();

        private final CountDownLatch left = new CountDownLatch(PUSHES);

        void saw(MessageContext context, Numbered push) {
            highest.merge(push.account(), push.number(), (before, now) -> {
                if (before > now) {
                    count.incrementAndGet();
                }
                return Math.max(before, now);
            });
            left.countDown();
        }

        int count() throws InterruptedException {
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
            return count.get();
        }
    }

    @Override
    String address() {
        return "local://ordering";
    }

    private void connectServer(UnaryOperator<PeerBuilder> options) {
        connect(options, client -> client);
    }

    private int inversions(String route, int accounts, Inversions seen) throws Exception {
        for (int i = 0; i < PUSHES; i++) {
            String account = "account " + i % accounts;
            session.request(route).meta(KEY, account).push(new Numbered(account, i));
        }
        return seen.count();
    }

    @Test
    void withoutAnOrderMessagesMayOvertakeEachOtherAndNoneIsLost() throws Exception {
        connect();
        Inversions seen = new Inversions();
        server.router().push("/number", Numbered.class, seen::saw);
        log.info("{} of {} pushes overtook another", inversions("/number", 1, seen), PUSHES);
    }

    @Test
    void inOrderOfTheSessionThereIsNoInversion() throws Exception {
        connectServer(options -> options.ordering(Ordering.SESSION));
        Inversions seen = new Inversions();
        server.router().push("/number", Numbered.class, seen::saw);
        assertThat(inversions("/number", 1, seen)).isZero();
    }

    @Test
    void inOrderOfAMetadataKeyThereIsNoInversion() throws Exception {
        connectServer(options -> options.orderedBy(OrderKey.metadata(KEY)));
        Inversions seen = new Inversions();
        server.router().push("/number", Numbered.class, seen::saw);
        assertThat(inversions("/number", 7, seen)).isZero();
    }

    @Test
    void inOrderOfAKeyInTheArgumentThereIsNoInversion() throws Exception {
        connect();
        Inversions seen = new Inversions();
        server.router()
                .orderedBy(OrderKey.argument(Numbered.class, Numbered::account))
                .push("/number", Numbered.class, seen::saw);
        assertThat(inversions("/number", 7, seen)).isZero();
    }

    @Test
    void aRouteMayBeInOrderThoughThePeerIsNot() throws Exception {
        connect();
        Inversions seen = new Inversions();
        server.router().inOrder().push("/number", Numbered.class, seen::saw);
        assertThat(server.router().routes().get(0).ordering()).isEqualTo(Ordering.SESSION);
        assertThat(inversions("/number", 1, seen)).isZero();
    }

    @Test
    void aRouteMayBeWithoutOrderThoughThePeerHasOne() throws Exception {
        connectServer(options -> options.ordering(Ordering.SESSION));
        CompletableFuture<String> first = new CompletableFuture<>();
        server.router()
                .call("/wait", void.class, (context, nothing) -> first)
                .unordered()
                .call("/free", void.class, (context, nothing) -> "" + first.complete("freed"));
        CompletableFuture<String> waiting = session.callAsync("/wait", null, String.class);
        assertThat(soon(session.callAsync("/free", null, String.class))).isEqualTo("true");
        assertThat(soon(waiting)).isEqualTo("freed");
    }

    @Test
    void messagesOfOneKeyFromSeveralSessionsAreHandledOneAfterAnother() throws Exception {
        connectServer(options -> options.orderedBy(OrderKey.metadata(KEY)));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(PUSHES);
        server.router().push("/one", String.class, (context, text) -> {
            if (inside.getAndIncrement() > 0) {
                overlaps.incrementAndGet();
            }
            inside.decrementAndGet();
            left.countDown();
        });
        Session other = client.dial(server.listening().get(0).toString());
        for (int i = 0; i < PUSHES / 2; i++) {
            for (Session each : List.of(session, other)) {
                each.request("/one").meta(KEY, "same").push("x");
            }
        }
        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void messagesOfOtherKeysAndWithoutAKeyDoNotWait() throws Exception {
        connectServer(options -> options.orderedBy(OrderKey.metadata(KEY)));
        CompletableFuture<String> first = new CompletableFuture<>();
        server.router()
                .call("/wait", void.class, (context, nothing) -> first)
                .call("/free", void.class, (context, nothing) -> "free");
        CompletableFuture<?> waiting = soonAfter("/wait", "a");
        assertThat(session.request("/free")
                        .meta(KEY, "b")
                        .call(null, String.class)
                        .body())
                .isEqualTo("free");
        assertThat(session.call("/free", null, String.class)).isEqualTo("free");
        CompletableFuture<?> behind = soonAfter("/free", "a");
        assertThat(behind).isNotDone();
        first.complete("now");
        soon(waiting);
        soon(behind);
    }

    private CompletableFuture<?> soonAfter(String route, String key) {
        return session.request(route).meta(KEY, key).callAsync(null, String.class);
    }

    @Test
    void aBodyThatCannotBeDecodedForItsKeyIs400AndHoldsUpNone() {
        connect();
        server.router()
                .orderedBy(OrderKey.argument(Numbered.class, Numbered::account))
                .call("/number", Numbered.class, (context, numbered) -> numbered.number());
        assertThat(session.request("/number").call("text", int.class).status().code())
                .isEqualTo(400);
        assertThat(session.call("/number", new Numbered("a", 2), int.class)).isEqualTo(2);
    }

    @Test
    void aKeyThatFailsIsA500AndHoldsUpNone() {
        connect();
        server.router()
                .orderedBy(OrderKey.argument(Numbered.class, numbered -> {
                    if (numbered.number() == 1) {
                        throw new IllegalStateException("no key");
                    }
                    return numbered.account();
                }))
                .call("/number", Numbered.class, (context, numbered) -> numbered.number());
        assertThat(session.request("/number")
                        .call(new Numbered("a", 1), int.class)
                        .status())
                .isEqualTo(Status.of(500, "Internal Server Error", ""));
        assertThat(session.call("/number", new Numbered("a", 2), int.class)).isEqualTo(2);
    }

    @Test
    void anOrderByKeyNeedsAKey() {
        assertThatThrownBy(() -> Peer.builder().ordering(Ordering.KEY))
                .hasMessage("Option 'ordering' is KEY but there is no key (expected orderedBy first)");
    }
}
