package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.plugin.PreWriteReplyHook;
import io.teleport.router.CallContext;
import io.teleport.router.Ordering;
import io.teleport.session.CallObserver;
import io.teleport.session.OutgoingMessage;
import io.teleport.session.Reply;
import io.teleport.transport.EventLoopThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a handler may do and what its caller sees. */
abstract class HandlerContract extends PeerPair {

    @Test
    void anUnknownRouteIsGos404() {
        connect();
        server.router().push("/only/push", String.class, (context, text) -> {});
        assertThat(session.request("/nowhere").call(null, String.class).status().toQuery())
                .isEqualTo("code=404&msg=Not%20Found&cause=");
        assertThat(session.request("/only/push").call("", String.class).status().code())
                .isEqualTo(404);
    }

    @Test
    void anEmptyServiceMethodIsABadMessage() {
        connect();
        assertThat(session.request("").call(null, String.class).status())
                .isEqualTo(Status.of(400, "Bad Message", "invalid service method for message"));
    }

    @Test
    void anUnexpectedExceptionIsA500WithoutItsText() {
        connect();
        server.router().call("/fail", void.class, (context, nothing) -> {
            throw new IllegalArgumentException("secret");
        });
        assertThat(session.request("/fail").call(null, String.class).status().toQuery())
                .isEqualTo("code=500&msg=Internal%20Server%20Error&cause=");
    }

    @Test
    void itsTextIsSentWhereThePeerIncludesCauses() {
        connect(options -> options.includeCause(true), options -> options);
        server.router().call("/fail", void.class, (context, nothing) -> {
            throw new IllegalArgumentException("told");
        });
        assertThat(session.request("/fail").call(null, String.class).status())
                .isEqualTo(Status.of(500, "Internal Server Error", "told"));
    }

    @Test
    void anErrorThrownByAHandlerEndsOnlyItsCall() {
        connect();
        server.router()
                .call("/fail", void.class, (context, nothing) -> {
                    throw new StackOverflowError();
                })
                .call("/echo", String.class, (context, text) -> text);
        assertThat(session.request("/fail").call(null, String.class).status().code())
                .isEqualTo(500);
        assertThat(session.call("/echo", "a", String.class)).isEqualTo("a");
    }

    @Test
    void anErrorWhileTheReplyIsEncodedIsA500() {
        connect();
        server.router()
                .call("/broken", void.class, (context, nothing) -> new Broken())
                .inline()
                .call("/broken-inline", void.class, (context, nothing) -> new Broken());
        for (String route : List.of("/broken", "/broken-inline")) {
            Reply<String> reply =
                    session.request(route).timeout(Duration.ofSeconds(20)).call(null, String.class);
            assertThat(reply.status().code()).as(route).isEqualTo(500);
        }
    }

    /** A result that needs a class which was not packed with the application. */
    public static final class Broken {
        public String getValue() {
            if (getClass() == Broken.class) {
                throw new NoClassDefFoundError("missing/Class");
            }
            return "";
        }
    }

    @Test
    void anExecutorThatFailsInItsOwnWayRefusesOneCallAndHoldsUpNone() {
        AtomicBoolean ready = new AtomicBoolean();
        connect(
                options -> options.ordering(Ordering.SESSION).handlerExecutor(task -> {
                    if (!ready.getAndSet(true)) {
                        throw new IllegalStateException("not initialized");
                    }
                    task.run();
                }),
                options -> options);
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(session.request("/echo").call("a", String.class).status().code())
                .isEqualTo(500);
        Reply<String> second =
                session.request("/echo").timeout(Duration.ofSeconds(20)).call("b", String.class);
        assertThat(second.body()).isEqualTo("b");
    }

    @Test
    void aReplyThatAHookTurnsIntoAnErrorHasNoCodec() {
        PreWriteReplyHook refusing = new PreWriteReplyHook() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public void preWriteReply(OutgoingMessage reply) {
                reply.status(Status.of(1001, "m", "c"));
            }
        };
        connect(options -> options.plugin(refusing), options -> options);
        server.router().call("/echo", String.class, (context, text) -> text);
        Reply<String> reply = session.request("/echo").call("a", String.class);
        assertThat(reply.status()).isEqualTo(Status.of(1001, "m", "c"));
        assertThat(reply.bodyCodec()).isZero();
    }

    @Test
    void stagesAnswerWhenTheyComplete() {
        connect();
        server.router()
                .call("/value", String.class, (context, text) -> CompletableFuture.supplyAsync(() -> text))
                .call(
                        "/status",
                        void.class,
                        (context, nothing) -> CompletableFuture.failedFuture(new CompletionException(
                                Status.of(1001, "m", "c").toException())))
                .call(
                        "/fail",
                        void.class,
                        (context, nothing) -> CompletableFuture.failedFuture(new IllegalStateException("x")))
                .call("/nothing", void.class, (context, nothing) -> null);
        assertThat(session.call("/value", "a", String.class)).isEqualTo("a");
        assertThat(session.request("/status").call(null, String.class).status()).isEqualTo(Status.of(1001, "m", "c"));
        assertThat(session.request("/fail").call(null, String.class).status().code())
                .isEqualTo(500);
        Reply<String> nothing = session.request("/nothing").call(null, String.class);
        assertThat(nothing.isOk()).isTrue();
        assertThat(nothing.value()).isNull();
    }

    @Test
    void anInlineRouteRunsOnTheEventLoopWhereWaitingIsRefused() {
        connect();
        server.router()
                .inline()
                .call("/inline", void.class, (context, nothing) -> EventLoopThread.isCurrent())
                .call("/wait", void.class, (context, nothing) -> {
                    try {
                        return context.session().call("/x", null, String.class);
                    } catch (IllegalStateException e) {
                        return e.getMessage();
                    }
                });
        assertThat(session.call("/inline", null, boolean.class)).isTrue();
        assertThat(session.call("/wait", null, String.class)).contains("would block event loop");
    }

    @Test
    void handlersOfOneSessionRunInParallel() throws Exception {
        connect();
        CyclicBarrier together = new CyclicBarrier(3);
        server.router().call("/meet", void.class, (context, nothing) -> together.await(60, TimeUnit.SECONDS) >= 0);
        List<CompletableFuture<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(session.callAsync("/meet", null, boolean.class));
        }
        for (CompletableFuture<Boolean> call : calls) {
            assertThat(soon(call)).isTrue();
        }
    }

    @Test
    void withOrderingBySessionTheyRunOneAfterAnotherAsTheyArrived() throws Exception {
        connect(options -> options.ordering(Ordering.SESSION), options -> options);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> all = new CompletableFuture<>();
        server.router().push("/number", int.class, (context, number) -> {
            if (number == 0) {
                first.get(60, TimeUnit.SECONDS);
            }
            seen.add(number);
            if (number == 499) {
                all.complete(null);
            }
        });
        for (int i = 0; i < 500; i++) {
            session.push("/number", i);
        }
        first.complete(null);
        soon(all);
        assertThat(seen).isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void theNextOfASessionBeginsWhenTheStageBeforeIsComplete() throws Exception {
        connect(options -> options.ordering(Ordering.SESSION), options -> options);
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<Void> reached = new CompletableFuture<>();
        server.router()
                .call("/first", void.class, (context, nothing) -> {
                    reached.complete(null);
                    return first;
                })
                .call("/second", void.class, (context, nothing) -> first.isDone());
        CompletableFuture<String> firstCall = session.callAsync("/first", null, String.class);
        CompletableFuture<Boolean> secondCall = session.callAsync("/second", null, boolean.class);
        soon(reached);
        first.complete("done");
        assertThat(soon(firstCall)).isEqualTo("done");
        assertThat(soon(secondCall)).isTrue();
    }

    @Test
    void thousandsThatWaitInOrderMayAllBeRefused() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        RefusingExecutor executor = new RefusingExecutor();
        connect(options -> options.ordering(Ordering.SESSION).handlerExecutor(executor), options -> options);
        server.router().call("/work", void.class, (context, nothing) -> {
            free.await(60, TimeUnit.SECONDS);
            return "done";
        });
        CompletableFuture<String> first = session.callAsync("/work", null, String.class);
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            others.add(session.callAsync("/work", null, String.class));
        }
        // A reply says that all before it have arrived.
        assertThat(session.request("/nowhere").call(null, String.class).status().code())
                .isEqualTo(404);
        executor.refuse = true;
        free.countDown();
        assertThat(soon(first)).isEqualTo("done");
        for (CompletableFuture<String> other : others) {
            assertThat(refusal(other)).isEqualTo(Status.of(500, "handlers overload", "by the test"));
        }
    }

    @Test
    void anObserverThatThrowsStopsNeitherReplyNorOrder() {
        CallObserver thrower = new CallObserver() {
            @Override
            public void handled(MessageType type, String route, Status status, long nanos) {
                throw new IllegalStateException("in an observer");
            }
        };
        connect(options -> options.ordering(Ordering.SESSION).observer(thrower), options -> options);
        server.router().call("/echo", String.class, (context, text) -> text);
        for (int i = 0; i < 3; i++) {
            assertThat(session.call("/echo", "a" + i, String.class)).isEqualTo("a" + i);
        }
    }

    @Test
    void aReplyThatCannotBePackedIsAnsweredAllTheSame() {
        connect();
        server.router()
                .call("/meta", void.class, (context, nothing) -> {
                    context.replyMeta("long", "x".repeat(70_000));
                    return "value";
                })
                .call("/status", void.class, (context, nothing) -> {
                    throw Status.of(1, "x".repeat(70_000)).toException();
                })
                .call("/filters", void.class, HandlerContract::manyFilters)
                .call("/object", void.class, (context, nothing) -> new Unencodable());
        for (String route : List.of("/meta", "/status", "/filters", "/object")) {
            assertThat(session.request(route)
                            .filter("md5")
                            .call(null, String.class)
                            .status()
                            .code())
                    .as(route)
                    .isEqualTo(500);
        }
        assertThat(session.isHealthy()).isTrue();
    }

    static final class Unencodable {

        /** Holds itself, which no codec can follow to its end. */
        public Unencodable getValue() {
            return this;
        }
    }

    private static Object manyFilters(CallContext context, Object nothing) {
        for (int i = 0; i < 255; i++) {
            context.replyFilter("md5");
        }
        return "value";
    }

    @Test
    void aReplyForWhichThereIsNoRoomIsRefusedToItsCaller() throws Exception {
        connect(options -> options.outboundLimit(100_000), options -> options);
        server.router().inline().call("/large", void.class, (context, nothing) -> new byte[60_000]);
        List<CompletableFuture<Reply<byte[]>>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(session.request("/large").timeout(Duration.ofMinutes(1)).callAsync(null, byte[].class));
        }
        for (CompletableFuture<Reply<byte[]>> call : calls) {
            Reply<byte[]> reply = soon(call);
            assertThat(reply.status().code()).isIn(0, 500);
            if (!reply.isOk()) {
                assertThat(reply.status().cause()).contains("outbound queue is full");
            }
        }
    }

    @Test
    void bytesOfMessagesThatAreHandledAreLimitedForASession() throws Exception {
        int limit = 4096;
        connect(options -> options.messageLimit(limit), options -> options);
        CompletableFuture<String> answer = new CompletableFuture<>();
        server.router().call("/wait", byte[].class, (context, bytes) -> answer);
        byte[] large = new byte[limit - 256];
        // Together they are just below the limit; what comes on top is refused.
        List<CompletableFuture<String>> held = new ArrayList<>();
        for (int i = 0; i < PeerDefaults.INBOUND_MESSAGES; i++) {
            held.add(session.callAsync("/wait", large, String.class));
        }
        int most = PeerDefaults.INBOUND_MESSAGES * limit;
        byte[] oneTooMany = new byte[Math.min(limit - 256, most - held.size() * large.length)];
        assertThat(session.request("/wait").call(oneTooMany, String.class).status())
                .isEqualTo(Status.of(500, "inbound overload, session_limit=" + most + " bytes"));
        answer.complete("now");
        for (CompletableFuture<String> call : held) {
            assertThat(soon(call)).isEqualTo("now");
        }
        assertThat(session.call("/wait", large, String.class)).isEqualTo("now");
    }

    @Test
    void callsBeyondTheLimitOfASessionAreRefused() throws Exception {
        connect(options -> options.handlersPerSession(2), options -> options);
        CompletableFuture<String> answer = new CompletableFuture<>();
        server.router().call("/wait", void.class, (context, nothing) -> answer);
        CompletableFuture<String> first = session.callAsync("/wait", null, String.class);
        CompletableFuture<String> second = session.callAsync("/wait", null, String.class);
        assertThat(session.request("/wait").call(null, String.class).status())
                .isEqualTo(Status.of(500, "handlers overload, session_limit=2"));
        answer.complete("now");
        assertThat(soon(first)).isEqualTo("now");
        assertThat(soon(second)).isEqualTo("now");
        assertThat(session.call("/wait", null, String.class)).isEqualTo("now");
    }

    @Test
    void callsBeyondTheHandlerPoolAreRefused() throws Exception {
        connect(options -> options.handlerThreads(1).handlerQueue(1), options -> options);
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<Void> running = new CompletableFuture<>();
        server.router().call("/wait", void.class, (context, nothing) -> {
            running.complete(null);
            return answer.await(60, TimeUnit.SECONDS);
        });
        CompletableFuture<Boolean> runs = session.callAsync("/wait", null, boolean.class);
        soon(running);
        CompletableFuture<Boolean> waits = session.callAsync("/wait", null, boolean.class);
        assertThat(session.request("/wait").call(null, boolean.class).status())
                .isEqualTo(Status.of(500, "handlers overload", "too many handlers wait for a thread, limit 1"));
        answer.countDown();
        assertThat(soon(runs)).isTrue();
        assertThat(soon(waits)).isTrue();
    }

    @Test
    void unknownRoutesMayHaveHandlers() throws Exception {
        connect();
        CompletableFuture<String> pushed = new CompletableFuture<>();
        server.router()
                .unknownCall(ByteBuf.class, (context, bytes) -> context.serviceMethod() + " " + bytes.readableBytes())
                .unknownPush(byte[].class, (context, bytes) -> pushed.complete(context.serviceMethod()));
        assertThat(session.call("/any", new byte[3], String.class)).isEqualTo("/any 3");
        session.push("/some", "x");
        assertThat(soon(pushed)).isEqualTo("/some");
    }

    @Test
    void theCallerMayAskForAnotherCodecAndFiltersOfTheCallAreUsedForTheReply() {
        connect();
        server.router().call("/echo", String.class, (context, text) -> text);
        Reply<String> plain = session.request("/echo")
                .meta("X-Accept-Body-Codec", "115")
                .filter("gzip")
                .call("text", String.class);
        assertThat(plain.body()).isEqualTo("text");
        assertThat(plain.bodyCodec()).isEqualTo('s');
        Reply<String> ignored =
                session.request("/echo").meta("X-Accept-Body-Codec", "250").call("text", String.class);
        assertThat(ignored.bodyCodec()).isEqualTo('j');
    }

    /** Uses a thread for each task until it refuses. */
    private static final class RefusingExecutor implements Executor {

        private volatile boolean refuse;

        @Override
        public void execute(Runnable task) {
            if (refuse) {
                throw new RejectedExecutionException("by the test");
            }
            new Thread(task, "handler of the test").start();
        }
    }
}
