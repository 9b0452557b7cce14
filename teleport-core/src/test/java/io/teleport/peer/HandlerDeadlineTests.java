package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.Status;
import io.teleport.router.MessageContext;
import io.teleport.router.Ordering;
import io.teleport.session.Reply;
import io.teleport.testing.LoggedLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines on the side that handles: the "Instead" of behaviour.md section 2, ages. */
class HandlerDeadlineTests extends PeerPair {

    private static final String TIMEOUT = "X-Timeout-Ms";

    private static final String NOT_BEGUN = "the handler had not begun in time";

    private static final String NOT_FINISHED = "the handler had not finished in time";

    private static final Duration LONG = Duration.ofMinutes(10);

    @Override
    String address() {
        return "local://handler-deadlines";
    }

    private void connectServer(UnaryOperator<PeerBuilder> options) {
        connect(options, client -> client);
    }

    /** A call whose caller waits much longer than it says. */
    private CompletableFuture<Reply<String>> callWithin(String millis, String route) {
        return session.request(route).meta(TIMEOUT, millis).timeout(LONG).callAsync("x", String.class);
    }

    /** A short time in which the handler does begin: on a busy machine it may take more than one attempt. */
    private void expireWhileRunning(String route) throws Exception {
        Reply<String> reply;
        do {
            reply = soon(callWithin("20", route));
        } while (Status.of(408, "Handle Timeout", NOT_BEGUN).equals(reply.status()));
        is408(reply, NOT_FINISHED);
    }

    private static CompletableFuture<Void> cancelled(MessageContext context) {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        context.onCancel(() -> cancelled.complete(null));
        return cancelled;
    }

    private static void is408(Reply<?> reply, String cause) {
        assertThat(reply.status()).isEqualTo(Status.of(408, "Handle Timeout", cause));
    }

    @Test
    void aHandlerThatOutlivesItsCallersTimeIsAnswered408AndItsContextIsCancelled() throws Exception {
        connect();
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        CountDownLatch answered = new CountDownLatch(1);
        server.router().call("/slow", String.class, (context, text) -> {
            soon(cancelled(context));
            seen.complete(context.isCancelled() && context.remaining().equals(Optional.of(Duration.ZERO)));
            answered.await(60, TimeUnit.SECONDS);
            return "late";
        });
        expireWhileRunning("/slow");
        assertThat(soon(seen)).isTrue();
        answered.countDown();
    }

    @Test
    void aHandlerThatOutlivesTheContextAgeIsAnswered408AndItsContextIsCancelled() throws Exception {
        connectServer(options -> options.contextAge(Duration.ofMillis(20)));
        server.router().call("/slow", String.class, (context, text) -> {
            soon(cancelled(context));
            return "late";
        });
        is408(session.request("/slow").timeout(LONG).call("x", String.class), NOT_FINISHED);
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void theContextAgeIsTheDeadlineOfAPushToo() throws Exception {
        connectServer(options -> options.contextAge(Duration.ofMillis(20)));
        CompletableFuture<Void> over = new CompletableFuture<>();
        server.router().push("/slow", String.class, (context, text) -> {
            soon(cancelled(context));
            over.complete(null);
        });
        session.push("/slow", "x");
        soon(over);
    }

    @Test
    void theEarliestLimitIsTheDeadline() throws Exception {
        connectServer(options -> options.contextAge(Duration.ofMinutes(5)));
        server.router()
                .call(
                        "/left",
                        String.class,
                        (context, text) ->
                                String.valueOf(context.remaining().orElseThrow().toSeconds()));
        assertThat(Long.parseLong(soon(callWithin("60000", "/left")).body())).isBetween(0L, 60L);
        assertThat(Long.parseLong(soon(callWithin("3600000", "/left")).body())).isBetween(61L, 300L);
    }

    @Test
    void theEndOfTheSessionsAgeIsADeadlineToo() throws Exception {
        connectServer(options -> options.sessionAge(Duration.ofMinutes(1)));
        server.router()
                .call(
                        "/left",
                        String.class,
                        (context, text) ->
                                String.valueOf(context.remaining().orElseThrow().toSeconds()));
        assertThat(Long.parseLong(soon(callWithin("3600000", "/left")).body())).isBetween(0L, 60L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "+5", "1.5", "5ms", " 5", "1234567890123456789"})
    void whatIsNoDecimalNumberSetsNoDeadline(String text) throws Exception {
        connect();
        server.router()
                .call(
                        "/free",
                        String.class,
                        (context, argument) -> ""
                                + (context.remaining().isEmpty()
                                        && context.deadline().isEmpty()));
        assertThat(soon(callWithin(text, "/free")).body()).isEqualTo("true");
    }

    @Test
    void theLargestNumberIsADeadlineThatNeverComes() throws Exception {
        connect();
        server.router()
                .call(
                        "/free",
                        String.class,
                        (context, text) -> "" + context.remaining().isPresent());
        assertThat(soon(callWithin("999999999999999999", "/free")).body()).isEqualTo("true");
    }

    @Test
    void aCallThatArrivesTooLateIsNotHandled() throws Exception {
        connect();
        AtomicInteger handled = new AtomicInteger();
        server.router().call("/count", String.class, (context, text) -> "" + handled.incrementAndGet());
        is408(soon(callWithin("0", "/count")), NOT_BEGUN);
        assertThat(soon(callWithin("600000", "/count")).body()).isEqualTo("1");
    }

    @Test
    void aCallWhoseTimeEndsWhileItWaitsForAThreadIsAnsweredWithoutBeingHandled() throws Exception {
        connectServer(options -> options.handlerThreads(1));
        waitInVain();
    }

    @Test
    void aCallWhoseTimeEndsWhileItWaitsForItsTurnIsAnsweredWithoutBeingHandled() throws Exception {
        connectServer(options -> options.ordering(Ordering.SESSION));
        waitInVain();
    }

    private void waitInVain() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        CompletableFuture<Void> busy = new CompletableFuture<>();
        server.router()
                .call("/block", String.class, (context, text) -> {
                    busy.complete(null);
                    return "" + free.await(60, TimeUnit.SECONDS);
                })
                .call("/count", String.class, (context, text) -> "" + handled.incrementAndGet());
        CompletableFuture<Reply<String>> first = callWithin("600000", "/block");
        soon(busy);
        is408(soon(callWithin("5", "/count")), NOT_BEGUN);
        free.countDown();
        assertThat(soon(first).body()).isEqualTo("true");
        assertThat(soon(callWithin("600000", "/count")).body()).isEqualTo("1");
    }

    @Test
    void whatExpiresInAQueueKeepsItsPlaceSoThatQueuesStayBounded() throws Exception {
        connectServer(options -> options.ordering(Ordering.SESSION).handlersPerSession(2));
        CountDownLatch free = new CountDownLatch(1);
        server.router().call("/block", String.class, (context, text) -> "" + free.await(60, TimeUnit.SECONDS));
        CompletableFuture<Reply<String>> first = callWithin("600000", "/block");
        is408(soon(callWithin("5", "/block")), NOT_BEGUN);
        assertThat(soon(callWithin("5", "/block")).status())
                .isEqualTo(Status.of(500, "handlers overload, session_limit=2"));
        free.countDown();
        assertThat(soon(first).body()).isEqualTo("true");
    }

    @Test
    void anInterruptibleHandlerIsInterruptedAtTheDeadline() throws Exception {
        connectServer(options -> options.handlerThreads(1));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        server.router()
                .call(
                        "/flag",
                        String.class,
                        (context, text) -> "" + Thread.currentThread().isInterrupted())
                .interruptible()
                .call("/sleep", String.class, (context, text) -> {
                    try {
                        return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        interrupted.complete(context.isCancelled());
                        throw e;
                    }
                });
        expireWhileRunning("/sleep");
        assertThat(soon(interrupted)).isTrue();
        assertThat(soon(callWithin("600000", "/flag")).body()).isEqualTo("false");
    }

    @Test
    void anInterruptThatComesAsTheHandlerEndsNeverReachesTheNextTaskOfItsThread() throws Exception {
        connectServer(options -> options.handlerThreads(1));
        AtomicInteger leaked = new AtomicInteger();
        server.router()
                .push("/flag", String.class, (context, text) -> {
                    if (Thread.interrupted()) {
                        leaked.incrementAndGet();
                    }
                })
                .interruptible()
                .call("/spin", String.class, (context, text) -> {
                    while (!context.remaining().orElseThrow().isZero()) {
                        Thread.onSpinWait();
                    }
                    return "at about the same time";
                });
        for (int i = 0; i < 300; i++) {
            CompletableFuture<Reply<String>> call = callWithin("1", "/spin");
            session.push("/flag", "x");
            assertThat(soon(call).status().code()).isIn(0, 408);
        }
        server.router().call("/last", String.class, (context, text) -> text);
        assertThat(soon(callWithin("600000", "/last")).body()).isEqualTo("x");
        assertThat(leaked).hasValue(0);
    }

    @Test
    void aHandlerIsNotInterruptedUnlessItsRouteSaysSo() throws Exception {
        connect();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        server.router().call("/slow", String.class, (context, text) -> {
            CompletableFuture<Void> cancelled = cancelled(context);
            while (!cancelled.isDone()) {
                Thread.onSpinWait();
            }
            interrupted.complete(Thread.currentThread().isInterrupted());
            return "late";
        });
        expireWhileRunning("/slow");
        assertThat(soon(interrupted)).isFalse();
    }

    @Test
    void theFutureOfAnInterruptibleHandlerIsCancelledAtTheDeadline() throws Exception {
        connect();
        CompletableFuture<String> result = new CompletableFuture<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        result.whenComplete((value, failure) -> ended.complete(result.isCancelled()));
        server.router().interruptible().call("/stage", String.class, (context, text) -> result);
        expireWhileRunning("/stage");
        assertThat(soon(ended)).isTrue();
    }

    @Test
    void aContextIsCancelledWhenTheConnectionEnds() throws Exception {
        connect();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch both = new CountDownLatch(2);
        server.router()
                .push("/listen", String.class, (context, text) -> {
                    CompletableFuture<Void> cancelled = cancelled(context);
                    both.countDown();
                    soon(cancelled);
                    told.complete(context.isCancelled());
                })
                .interruptible()
                .push("/sleep", String.class, (context, text) -> {
                    both.countDown();
                    try {
                        new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        interrupted.complete(context.isCancelled());
                    }
                });
        session.push("/listen", "x");
        session.push("/sleep", "x");
        assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
        session.close(Duration.ZERO);
        assertThat(soon(told)).isTrue();
        assertThat(soon(interrupted)).isTrue();
    }

    @Test
    void aHandlerThatIsCancelledWithItsConnectionIsNoFailure() throws Exception {
        connect();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<String> result = new CompletableFuture<>();
        server.router().interruptible().call("/stage", String.class, (context, text) -> {
            begun.complete(null);
            return result;
        });
        try (LoggedLines logged = LoggedLines.of("io.teleport.router.Invocation", Level.DEBUG)) {
            session.callAsync("/stage", "x", String.class);
            soon(begun);
            session.close(Duration.ZERO);
            server.close();
            assertThat(result).isCancelled();
            assertThat(logged.lines())
                    .singleElement()
                    .asString()
                    .startsWith("DEBUG ")
                    .endsWith("ended, as it was cancelled java.util.concurrent.CancellationException");
        }
    }

    @Test
    void anActionForACancelledContextRunsAtOnce() throws Exception {
        connect();
        CompletableFuture<Void> late = new CompletableFuture<>();
        server.router().call("/slow", String.class, (context, text) -> {
            soon(cancelled(context));
            context.onCancel(() -> late.complete(null));
            return "late";
        });
        expireWhileRunning("/slow");
        soon(late);
    }

    @Test
    void bytesOfAResultThatComesTooLateAreReleased() throws Exception {
        connect();
        ByteBuf bytes = Unpooled.copiedBuffer(new byte[] {1, 2, 3});
        CompletableFuture<ByteBuf> result = new CompletableFuture<>();
        server.router().call("/bytes", void.class, (context, nothing) -> result);
        expireWhileRunning("/bytes");
        result.complete(bytes);
        // The handler may not have given us its future yet.
        while (bytes.refCnt() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void bytesLentToAHandlerLiveUntilItEndsThoughItsCallerWasAnswered() throws Exception {
        connect();
        CountDownLatch answered = new CountDownLatch(1);
        CompletableFuture<Integer> length = new CompletableFuture<>();
        server.router().call("/lent", ByteBuf.class, (context, bytes) -> {
            answered.await(60, TimeUnit.SECONDS);
            length.complete(bytes.readableBytes());
            return bytes;
        });
        expireWhileRunning("/lent");
        answered.countDown();
        assertThat(soon(length)).isEqualTo("\"x\"".length());
    }

    @Test
    void whoeverComesFirstOfHandlerAndDeadlineThereIsOneReply() throws Exception {
        connect();
        server.router().call("/spin", String.class, (context, text) -> {
            while (context.remaining().orElseThrow().toNanos() > 20_000) {
                Thread.onSpinWait();
            }
            return "just in time";
        });
        int calls = 1_000;
        List<CompletableFuture<Reply<String>>> replies = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            replies.add(callWithin(i % 2 == 0 ? "1" : "2", "/spin"));
            if (i % 4 == 3) {
                soon(replies.get(i));
            }
        }
        for (CompletableFuture<Reply<String>> reply : replies) {
            assertThat(soon(reply).status().code()).isIn(0, 408);
        }
        // The reply of this one comes after all others that were ever written.
        assertThat(session.request("/nowhere").call("x", String.class).status().code())
                .isEqualTo(404);
        assertThat(client.sockets().open().get(0).framesIn()).isEqualTo(calls + 1);
    }

    @Test
    void aGracefulCloseDoesNotWaitForAHandlerWhoseCallerWasAnswered() throws Exception {
        connect();
        CountDownLatch closed = new CountDownLatch(1);
        server.router().call("/stuck", String.class, (context, text) -> "" + closed.await(60, TimeUnit.SECONDS));
        expireWhileRunning("/stuck");
        serverSession().close(LONG).toCompletableFuture().get(60, TimeUnit.SECONDS);
        closed.countDown();
    }

    @Test
    void everyCallTellsHowLongItsCallerWillStillWait() throws Exception {
        connect();
        server.router()
                .call(
                        "/told",
                        String.class,
                        (context, text) -> context.metadata().get(TIMEOUT, "nothing"));
        String told = session.request("/told")
                .timeout(Duration.ofSeconds(90))
                .call("x", String.class)
                .body();
        assertThat(Integer.parseInt(told)).isBetween(1, 90_000);
        assertThat(session.call("/told", "x", String.class)).matches("[0-9]+");
        assertThat(session.request("/told").timeout(Duration.ofNanos(1)).push("x"))
                .isNotNull();
    }

    @Test
    void aCallThatSaysHowLongItsCallerWaitsIsLeftAsItIs() throws Exception {
        connect();
        server.router()
                .call(
                        "/told",
                        String.class,
                        (context, text) -> "" + context.metadata().getAll(TIMEOUT));
        assertThat(soon(callWithin("600001", "/told")).body()).isEqualTo("[600001]");
    }

    @Test
    void aPushTellsNoTime() throws Exception {
        connect();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        server.router()
                .push(
                        "/told",
                        String.class,
                        (context, text) -> told.complete(context.metadata().contains(TIMEOUT)));
        session.push("/told", "x");
        assertThat(soon(told)).isFalse();
    }
}
