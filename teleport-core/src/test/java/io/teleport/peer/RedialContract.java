package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.plugin.AcceptHandshakeHook;
import io.teleport.plugin.DialHandshakeHook;
import io.teleport.plugin.PostDialHook;
import io.teleport.plugin.PostDisconnectHook;
import io.teleport.plugin.PreDialHook;
import io.teleport.router.Ordering;
import io.teleport.session.Handshake;
import io.teleport.session.HandshakeMessage;
import io.teleport.session.RedialDelay;
import io.teleport.session.RedialListener;
import io.teleport.session.RedialPolicy;
import io.teleport.session.Reply;
import io.teleport.session.Session;
import io.teleport.session.SessionState;
import io.teleport.session.WhileRedialing;
import io.teleport.socket.CloseCause;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.transport.TransportAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session that is dialed again when its connection ends: behaviour.md section 6, concurrency-faults.md section 4. */
@Timeout(120)
abstract class RedialContract extends PeerPair {

    private static final RedialPolicy QUICK =
            RedialPolicy.standard().withDelay(RedialDelay.fixed(Duration.ofMillis(1)));

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private final RedialListener recording = new RedialListener() {
        @Override
        public void lost(Status cause) {
            events.add("lost");
        }

        @Override
        public void connected(String address) {
            events.add("connected");
        }

        @Override
        public void failed(String address, Status cause) {
            events.add("failed");
        }

        @Override
        public void gaveUp(Status cause) {
            events.add("gave up");
        }
    };

    private static void echo(Peer peer) {
        peer.router()
                .call("/echo", String.class, (context, text) -> text)
                .call("/sequence", void.class, (context, nothing) -> context.sequence());
    }

    private DialOptions target(RedialPolicy policy) {
        return DialOptions.to(server.listening().get(0).toString())
                .redial(policy)
                .listener(recording);
    }

    private void dialed(RedialPolicy policy) {
        start(builder -> builder, builder -> builder);
        echo(server);
        session = client.dial(target(policy));
        assertThat(session.call("/echo", "first", String.class)).isEqualTo("first");
    }

    /** Cuts the connection from the other side and goes on serving. */
    private void cut() {
        server.sockets().sockets().forEach(socket -> socket.abort(CloseReason.LOCAL, "cut by the test"));
    }

    private void awaitEvent(String wanted) throws InterruptedException {
        String event;
        do {
            event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("event before " + wanted).isNotNull();
        } while (!event.equals(wanted));
    }

    private Peer restart(String address) {
        Peer next = network(Peer.builder().name("next").protocol(protocol()).listen(address))
                .build();
        echo(next);
        return next.start();
    }

    @Test
    void theSessionGoesOnOverANewSocketAndItsNumbersGoOn() throws Exception {
        dialed(QUICK);
        String firstSocket = session.socketId();
        int before = session.call("/sequence", null, int.class);

        cut();
        awaitEvent("lost");
        int after = session.call("/sequence", null, int.class);

        assertThat(after).isGreaterThan(before);
        assertThat(session.socketId()).isNotEqualTo(firstSocket);
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
        assertThat(client.sessions().get(session.id())).containsSame(session);
        assertThat(client.sessions().count()).isEqualTo(1);
    }

    @Test
    void theNewServerSessionStartsAtOne() throws Exception {
        dialed(QUICK);
        client.router().call("/number", void.class, (context, nothing) -> context.sequence());
        assertThat(serverSession().call("/number", null, int.class)).isEqualTo(1);
        assertThat(serverSession().call("/number", null, int.class)).isEqualTo(2);

        cut();
        awaitEvent("lost");
        assertThat(session.call("/echo", "again", String.class)).isEqualTo("again");

        assertThat(serverSession().call("/number", null, int.class)).isEqualTo(1);
    }

    @Test
    void anIdThatWasSetIsKeptAndAnAddressIsTheNewOne() throws Exception {
        dialed(QUICK);
        cut();
        awaitEvent("lost");
        assertThat(session.call("/echo", "again", String.class)).isEqualTo("again");
        assertThat(session.id()).isEqualTo(session.localAddress());

        session.rename("device-7");
        cut();
        awaitEvent("lost");
        assertThat(session.call("/echo", "again", String.class)).isEqualTo("again");
        assertThat(session.id()).isEqualTo("device-7");
        assertThat(client.sessions().get("device-7")).containsSame(session);
    }

    @Test
    void callsInFlightEndWith102AndAreNotRepeated() throws Exception {
        dialed(QUICK);
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<String> never = new CompletableFuture<>();
        server.router().call("/slow", String.class, (context, text) -> {
            runs.incrementAndGet();
            running.countDown();
            return never;
        });
        CompletableFuture<String> call = session.callAsync("/slow", "x", String.class);
        running.await();

        cut();

        assertThat(refusal(call).code()).isEqualTo(StatusCode.CONNECTION_CLOSED);
        assertThat(session.call("/echo", "again", String.class)).isEqualTo("again");
        assertThat(runs).hasValue(1);
        never.complete("too late");
    }

    @Test
    void anIdempotentCallInFlightIsSentAgain() throws Exception {
        dialed(QUICK);
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<String> never = new CompletableFuture<>();
        server.router().call("/slow", String.class, (context, text) -> {
            running.countDown();
            return runs.incrementAndGet() == 1 ? never : CompletableFuture.completedFuture("second");
        });
        CompletableFuture<Reply<String>> call =
                session.request("/slow").idempotent().callAsync("x", String.class);
        running.await();

        cut();

        assertThat(soon(call).body()).isEqualTo("second");
        assertThat(runs).hasValue(2);
        never.complete("too late");
    }

    @Test
    void callsAndPushesMadeMeanwhileWaitAndAreSentInTheirOrder() throws Exception {
        dialed(QUICK);
        String address = server.listening().get(0).toString();
        server.close();
        awaitEvent("failed");
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            session.push("/note", "note " + i);
            calls.add(session.callAsync("/echo", "call " + i, String.class));
        }
        List<String> notes = new CopyOnWriteArrayList<>();
        server = network(Peer.builder()
                        .name("next")
                        .protocol(protocol())
                        .ordering(Ordering.SESSION)
                        .listen(address))
                .build();
        echo(server);
        server.router().push("/note", String.class, (context, text) -> notes.add(text));
        server.start();

        for (int i = 0; i < 10; i++) {
            assertThat(soon(calls.get(i))).isEqualTo("call " + i);
        }
        assertThat(notes)
                .containsExactly(
                        "note 0", "note 1", "note 2", "note 3", "note 4", "note 5", "note 6", "note 7", "note 8",
                        "note 9");
    }

    @Test
    void callsMadeMeanwhileWaitAtTheMostUntilTheirDeadline() throws Exception {
        dialed(QUICK);
        server.close();
        awaitEvent("failed");

        Status blocking = session.request("/echo")
                .timeout(Duration.ofMillis(20))
                .call("x", String.class)
                .status();
        Status later = soon(session.request("/echo")
                        .timeout(Duration.ofMillis(20))
                        .callAsync("x", String.class))
                .status();
        Status push =
                refusal(session.request("/note").timeout(Duration.ofMillis(20)).push("x"));

        assertThat(blocking.code()).isEqualTo(StatusCode.HANDLE_TIMEOUT);
        assertThat(later.code()).isEqualTo(StatusCode.HANDLE_TIMEOUT);
        assertThat(push.code()).isEqualTo(StatusCode.CONNECTION_CLOSED);
        assertThat(session.state()).isEqualTo(SessionState.REDIALING);
        assertThat(session.isHealthy()).isFalse();
        assertThat(client.sessions().count()).isZero();
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsIsNeverSent() throws Exception {
        dialed(QUICK);
        String address = server.listening().get(0).toString();
        server.close();
        awaitEvent("failed");
        List<String> handled = new CopyOnWriteArrayList<>();
        CompletableFuture<String> cancelled = session.callAsync("/handle", "cancelled", String.class);
        CompletableFuture<String> kept = session.callAsync("/handle", "kept", String.class);
        cancelled.cancel(false);
        server = network(Peer.builder().name("next").protocol(protocol()).listen(address))
                .build();
        server.router().call("/handle", String.class, (context, text) -> {
            handled.add(text);
            return text;
        });
        server.start();

        assertThat(soon(kept)).isEqualTo("kept");
        assertThat(handled).containsExactly("kept");
    }

    /** A body that cannot be written. */
    public static final class Broken {

        public int getNumber() {
            assertThat("a getter").as("broken by the test").isEmpty();
            return 0;
        }
    }

    @Test
    void aBodyWhoseEncodingFailsWithAnErrorEndsItsOwnCallOnly() throws Exception {
        dialed(QUICK);
        String address = server.listening().get(0).toString();
        server.close();
        awaitEvent("failed");
        CompletableFuture<String> broken = session.callAsync("/echo", new Broken(), String.class);
        CompletableFuture<String> behind = session.callAsync("/echo", "x", String.class);
        server = restart(address);

        assertThat(refusal(broken).code()).isEqualTo(StatusCode.WRITE_FAILED);
        assertThat(soon(behind)).isEqualTo("x");
    }

    @Test
    void asConfiguredTheyFailAtOnce() throws Exception {
        dialed(QUICK.whileRedialing(WhileRedialing.FAIL));
        server.close();
        awaitEvent("failed");

        assertThat(refusal(() -> session.call("/echo", "x", String.class)).code())
                .isEqualTo(StatusCode.CONNECTION_CLOSED);
        assertThat(refusal(() -> session.push("/note", "x")).code()).isEqualTo(StatusCode.CONNECTION_CLOSED);
    }

    @Test
    void whenItIsGivenUpWhatWaitsEndsWith102AndTheEndIsToldOnce() throws Exception {
        AtomicInteger disconnects = new AtomicInteger();
        start(
                builder -> builder,
                builder -> builder.plugin(new PostDisconnectHook() {
                    @Override
                    public String name() {
                        return "disconnects";
                    }

                    @Override
                    public void postDisconnect(Session ended, CloseCause cause) {
                        disconnects.incrementAndGet();
                    }
                }));
        echo(server);
        CountDownLatch goOn = new CountDownLatch(1);
        session =
                client.dial(target(RedialPolicy.asInGo(3, Duration.ofMillis(1))).listener(new RedialListener() {
                    @Override
                    public void failed(String address, Status cause) {
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }));
        server.close();
        CompletableFuture<String> waiting = session.callAsync("/echo", "x", String.class);
        goOn.countDown();

        soon(session.closeFuture().toCompletableFuture());

        assertThat(refusal(waiting).code()).isEqualTo(StatusCode.CONNECTION_CLOSED);
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(refusal(() -> session.call("/echo", "x", String.class)).code())
                .isEqualTo(StatusCode.CONNECTION_CLOSED);
        client.close();
        assertThat(disconnects).hasValue(1);
    }

    @Test
    void closedWhileItIsDialedTheSessionEndsAtOnceAndDialsNoMore() throws Exception {
        dialed(QUICK);
        server.close();
        awaitEvent("failed");
        CompletableFuture<String> waiting = session.callAsync("/echo", "x", String.class);

        session.close();

        assertThat(soon(session.closeFuture().toCompletableFuture()).reason()).isEqualTo(CloseReason.LOCAL);
        assertThat(refusal(waiting).code()).isEqualTo(StatusCode.CONNECTION_CLOSED);
    }

    @Test
    void thePeersCloseEndsASessionThatIsDialed() throws Exception {
        dialed(QUICK);
        server.close();
        awaitEvent("failed");

        client.close();

        assertThat(soon(session.closeFuture().toCompletableFuture()).reason()).isEqualTo(CloseReason.SHUTDOWN);
    }

    @Test
    void aLocallyClosedSessionNeverRedials() throws Exception {
        dialed(QUICK);
        awaitEvent("connected");

        soon(session.close(Duration.ZERO).toCompletableFuture());

        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(events).isEmpty();
    }

    @Test
    void theFirstDialIsRepeatedToo() throws Exception {
        start(builder -> builder, builder -> builder);
        String address = server.listening().get(0).toString();
        server.close();
        CompletableFuture<Session> dialing =
                client.dialAsync(DialOptions.to(address).redial(QUICK).listener(recording));
        awaitEvent("failed");
        server = restart(address);

        session = soon(dialing);

        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
    }

    @Test
    void aPostDialFailureCountsAsAFailedAttempt() throws Exception {
        AtomicInteger dials = new AtomicInteger();
        List<Boolean> redials = new CopyOnWriteArrayList<>();
        start(
                builder -> builder,
                builder -> builder.plugin(new PostDialHook() {
                    @Override
                    public String name() {
                        return "post dial";
                    }

                    @Override
                    public void postDial(Session dialed, boolean redial) {
                        redials.add(redial);
                        if (dials.incrementAndGet() % 2 == 1) {
                            throw Status.of(7, "not yet", "not yet").toException();
                        }
                    }
                }));
        echo(server);

        session = client.dial(target(QUICK));
        // So that the other side has accepted it.
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        cut();
        awaitEvent("lost");

        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");
        assertThat(redials).containsExactly(false, false, true, true);
    }

    @Test
    void aPreDialFailureEndsItAtOnce() {
        start(
                builder -> builder,
                builder -> builder.plugin(new PreDialHook() {
                    @Override
                    public String name() {
                        return "pre dial";
                    }

                    @Override
                    public void preDial(TransportAddress address) {
                        throw Status.of(1234, "m", "c").toException();
                    }
                }));

        assertThat(refusal(() -> client.dial(target(QUICK)))).isEqualTo(Status.of(1234, "m", "c"));
        assertThat(events).containsExactly("failed", "gave up");
    }

    @Test
    void theHandshakeIsRepeatedEachTimeAndTheReadyHandlerComesBeforeWhatWaits() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        start(
                builder -> builder.ordering(Ordering.SESSION).plugin(new AcceptHandshakeHook() {
                    @Override
                    public String name() {
                        return "welcome";
                    }

                    @Override
                    public CompletionStage<?> acceptHandshake(Handshake handshake) {
                        return handshake.receive(header -> String.class).thenCompose(login -> {
                            seen.add("handshake " + login.body());
                            return handshake.reply(login, MessageType.REPLY, Status.OK, null);
                        });
                    }
                }),
                builder -> builder.plugin(new DialHandshakeHook() {
                    @Override
                    public String name() {
                        return "login";
                    }

                    @Override
                    public CompletionStage<?> dialHandshake(Handshake handshake) {
                        return handshake.call(
                                HandshakeMessage.of(MessageType.CALL, "/login", "again " + handshake.isRedial()),
                                void.class);
                    }
                }));
        echo(server);
        server.router()
                .call("/subscribe", String.class, (context, topic) -> {
                    seen.add("subscribe " + topic);
                    return topic;
                })
                .push("/note", String.class, (context, text) -> seen.add(text));
        session = client.dial(target(QUICK)
                .onReady((connection, dialed, redial) -> connection.callAsync("/subscribe", "news", String.class)));
        CompletableFuture<?> gone = serverSession().closeFuture().toCompletableFuture();
        List<GuardedSocket> sockets = client.sockets().sockets();
        sockets.forEach(socket -> socket.abort(CloseReason.LOCAL, "cut by the test"));
        session.push("/note", "note");
        soon(gone);
        assertThat(session.call("/echo", "x", String.class)).isEqualTo("x");

        assertThat(seen)
                .containsExactly(
                        "handshake again false", "subscribe news", "handshake again true", "subscribe news", "note");
    }

    @Test
    void theReplyOfAHandlerThatBeganOnTheOldConnectionIsDropped() throws Exception {
        dialed(QUICK);
        CompletableFuture<String> slow = new CompletableFuture<>();
        CountDownLatch running = new CountDownLatch(1);
        client.router()
                .call("/old", String.class, (context, text) -> {
                    running.countDown();
                    return slow;
                })
                .call("/new", String.class, (context, text) -> "new");
        CompletableFuture<String> old = serverSession().callAsync("/old", "x", String.class);
        running.await();

        cut();
        assertThat(refusal(old).code()).isEqualTo(StatusCode.CONNECTION_CLOSED);
        awaitEvent("lost");
        assertThat(session.call("/echo", "again", String.class)).isEqualTo("again");
        // The new server session begins at number 1 again, under which the old call is still being handled here.
        slow.complete("old");

        for (int i = 0; i < 100; i++) {
            assertThat(serverSession().call("/new", "x", String.class)).isEqualTo("new");
        }
    }

    @Test
    void whateverIsCutHoweverOftenEveryCallEndsOnceAndWithItsOwnReply() throws Exception {
        dialed(QUICK);
        client.router().call("/back", String.class, (context, text) -> text);
        AtomicInteger outcomes = new AtomicInteger();
        List<String> wrong = new CopyOnWriteArrayList<>();
        int rounds = 200;
        int callsPerRound = 10;
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < callsPerRound; i++) {
                String text = round + "/" + i;
                ends.add(session.callAsync("/echo", text, String.class).handle((reply, failure) -> {
                    outcomes.incrementAndGet();
                    if (failure == null && !text.equals(reply)) {
                        wrong.add(text + " got " + reply);
                    }
                    return null;
                }));
            }
            if (round % 2 == 0) {
                cut();
            } else {
                client.sockets().sockets().forEach(socket -> socket.abort(CloseReason.IO_ERROR, "cut by the test"));
            }
        }

        soon(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)));

        assertThat(wrong).isEmpty();
        assertThat(outcomes).hasValue(rounds * callsPerRound);
        assertThat(session.call("/echo", "still there", String.class)).isEqualTo("still there");
    }
}
