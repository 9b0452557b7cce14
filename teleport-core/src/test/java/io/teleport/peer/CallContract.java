package io.teleport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.codec.TypeRef;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.Reply;
import io.teleport.transport.EventLoopThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Every call ends exactly once (G4), with what its caller is to see. */
abstract class CallContract extends PeerPair {

    @Test
    void aCallAndAnAsynchronousCallGetTheResult() throws Exception {
        connect();
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(session.call("/echo", "a", String.class)).isEqualTo("a");
        assertThat(soon(session.callAsync("/echo", "b", String.class))).isEqualTo("b");
        server.router().call("/list", new TypeRef<List<String>>() {}, (context, list) -> list);
        assertThat(session.call("/list", List.of("c"), new TypeRef<List<String>>() {}))
                .containsExactly("c");
    }

    @Test
    void anInlineCallIsCompletedOnTheEventLoopAndAnyOtherIsNot() throws Exception {
        connect();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        server.router().call("/echo", String.class, (context, text) -> answer.thenApply(ready -> text));
        CompletableFuture<Boolean> inline = session.request("/echo")
                .inline()
                .callAsync("a", String.class)
                .thenApply(reply -> reply.body().equals("a") && EventLoopThread.isCurrent());
        CompletableFuture<Boolean> handedOver = session.request("/echo")
                .callAsync("b", String.class)
                .thenApply(reply -> reply.body().equals("b") && !EventLoopThread.isCurrent());
        // Dependents run where the call is completed only if they are there by then.
        answer.complete(null);
        assertThat(soon(inline)).isTrue();
        assertThat(soon(handedOver)).isTrue();
    }

    @Test
    void anInlineCallThatIsCutOffFailsAwayFromTheEventLoop() throws Exception {
        connect();
        server.router().call("/never", void.class, (context, nothing) -> new CompletableFuture<>());
        CompletableFuture<Boolean> cut = session.request("/never")
                .inline()
                .callAsync(null, Void.class)
                .thenApply(reply -> reply.status().code() == 102 && !EventLoopThread.isCurrent());
        session.close(Duration.ZERO);
        assertThat(soon(cut)).isTrue();
    }

    @Test
    void aCallWithoutAnswerTimesOutWith408() throws Exception {
        connect();
        server.router().call("/never", void.class, (context, nothing) -> new CompletableFuture<>());
        // Neither side waits longer; who is quicker to say so is open, unless the other side cannot read how long.
        Reply<Void> blocking = session.request("/never")
                .meta("X-Timeout-Ms", "any")
                .timeout(Duration.ofMillis(50))
                .call(null, Void.class);
        assertThat(blocking.status())
                .isEqualTo(Status.of(408, "Handle Timeout", "no reply from /never within PT0.05S"));
        Reply<Void> later = soon(session.request("/never")
                .meta("X-Timeout-Ms", "any")
                .timeout(Duration.ofMillis(50))
                .callAsync(null, Void.class));
        assertThat(later.status()).isEqualTo(blocking.status());
        assertThat(session.isHealthy()).isTrue();
    }

    @Test
    void aShortTimeoutIsNotKeptWaitingByALongOne() throws Exception {
        connect();
        server.router().call("/never", void.class, (context, nothing) -> new CompletableFuture<>());
        CompletableFuture<Reply<Void>> patient = session.request("/never").callAsync(null, Void.class);
        assertThat(soon(session.request("/never").timeout(Duration.ofMillis(20)).callAsync(null, Void.class))
                        .status()
                        .code())
                .isEqualTo(408);
        assertThat(patient).isNotDone();
    }

    @Test
    void cancellingACallFreesItsPlaceAtOnce() {
        connect(options -> options, options -> options.pendingLimit(1));
        server.router().call("/never", void.class, (context, nothing) -> new CompletableFuture<>());
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Void> call = session.callAsync("/never", null, void.class);
            Status refusal = refusal(() -> session.call("/never", null, void.class));
            assertThat(refusal).isEqualTo(Status.of(104, "Write Failed", "too many calls wait for a reply: 1"));
            if (i == 0) {
                call.cancel(true);
            } else if (i == 1) {
                call.completeExceptionally(new IllegalStateException("given up"));
            } else {
                call.complete(null);
            }
            assertThat(call).isDone();
        }
        CompletableFuture<Reply<Void>> whole = session.request("/never").callAsync(null, Void.class);
        whole.cancel(false);
        assertThat(session.callAsync("/never", null, void.class)).isNotDone();
    }

    @Test
    void anInterruptedCallerGetsAnswerAndInterrupt() throws Exception {
        connect();
        CompletableFuture<Void> reached = new CompletableFuture<>();
        server.router().call("/never", void.class, (context, nothing) -> {
            reached.complete(null);
            return new CompletableFuture<>();
        });
        CompletableFuture<Status> outcome = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            outcome.complete(session.request("/never").call(null, Void.class).status());
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        soon(reached);
        caller.interrupt();
        assertThat(soon(outcome))
                .isEqualTo(Status.of(408, "Handle Timeout", "interrupted while waiting for the reply"));
        assertThat(soon(interrupted)).isTrue();
    }

    @Test
    void aLateReplyIsDroppedAndTheSessionGoesOn() {
        connect();
        CompletableFuture<String> late = new CompletableFuture<>();
        server.router().call("/late", void.class, (context, nothing) -> late).call("/echo", String.class, (c, t) -> t);
        assertThat(session.request("/late")
                        .timeout(Duration.ofMillis(20))
                        .call(null, String.class)
                        .status()
                        .code())
                .isEqualTo(408);
        late.complete("too late");
        assertThat(session.call("/echo", "next", String.class)).isEqualTo("next");
    }

    @Test
    void aReplyThatCannotBeDecodedIsA400AndTheSessionStays() throws Exception {
        connect();
        server.router().call("/text", void.class, (context, nothing) -> "no number");
        assertThat(refusal(() -> session.call("/text", null, int.class)).code()).isEqualTo(400);
        assertThat(refusal(session.callAsync("/text", null, int.class)).code()).isEqualTo(400);
        assertThat(session.call("/text", null, String.class)).isEqualTo("no number");
    }

    @Test
    void aFailedReplyStillCarriesItsMetadata() {
        connect();
        server.router().call("/fail", void.class, (context, nothing) -> {
            context.replyMeta("served", "java");
            throw Status.of(1234, "m", "c").toException();
        });
        Reply<String> reply = session.request("/fail").call(null, String.class);
        assertThat(reply.status()).isEqualTo(Status.of(1234, "m", "c"));
        assertThat(reply.metadata().get("served")).isEqualTo("java");
        assertThat(reply.bodyCodec()).isZero();
        assertThat(reply.value()).isNull();
    }

    @Test
    void whatCannotBePackedIsA104AndTheSessionStays() {
        connect(options -> options, options -> options.messageLimit(1_000));
        server.router().call("/echo", String.class, (context, text) -> text);
        assertThat(refusal(() -> session.call("/echo", "x".repeat(2_000), String.class)))
                .satisfies(status -> assertThat(status.code()).isEqualTo(104))
                .satisfies(status -> assertThat(status.cause()).contains("size of package exceeds limit"));
        if (protocol().equals("raw")) {
            assertThat(refusal(() -> session.call("/" + "x".repeat(255), "", String.class))
                            .code())
                    .isEqualTo(104);
            assertThat(refusal(() -> session.push("/" + "x".repeat(255), "")).code())
                    .isEqualTo(104);
        }
        assertThat(session.call("/echo", "fits", String.class)).isEqualTo("fits");
    }

    @Test
    void aHandlerThatCallsBackEndsWhenTheConnectionIsCut() throws Exception {
        connect();
        AtomicReference<Status> inHandler = new AtomicReference<>();
        CompletableFuture<Void> handlerEnded = new CompletableFuture<>();
        CompletableFuture<Void> calledBack = new CompletableFuture<>();
        client.router().call("/client/never", void.class, (context, nothing) -> {
            calledBack.complete(null);
            return new CompletableFuture<>();
        });
        server.router().call("/back", void.class, (context, nothing) -> {
            try {
                return context.session().call("/client/never", null, String.class);
            } catch (StatusException e) {
                inHandler.set(e.status());
                throw e;
            } finally {
                handlerEnded.complete(null);
            }
        });
        CompletableFuture<String> call = session.callAsync("/back", null, String.class);
        soon(calledBack);
        session.close(Duration.ZERO);
        soon(handlerEnded);
        assertThat(inHandler.get().code()).isEqualTo(102);
        assertThat(refusal(call).code()).isEqualTo(102);
        serverSessionsGone();
    }

    private void serverSessionsGone() throws Exception {
        for (var open : server.sessions().stream().toList()) {
            open.closeFuture().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        assertThat(server.sessions().count()).isZero();
    }

    @Test
    void handlersMayAllWaitForAsynchronousCalls() throws Exception {
        connect(options -> options.handlerThreads(1), options -> options);
        client.router().call("/client/echo", String.class, (context, text) -> text);
        server.router()
                .call(
                        "/back",
                        String.class,
                        (context, text) -> context.session()
                                .callAsync("/client/echo", text, String.class)
                                .join());
        assertThat(soon(session.callAsync("/back", "there", String.class))).isEqualTo("there");
    }

    @Test
    void aCallbackThatFailsHarmsNobody() throws Exception {
        connect();
        server.router().call("/echo", String.class, (context, text) -> text);
        CompletableFuture<String> call = session.callAsync("/echo", "a", String.class);
        CompletableFuture<Object> callback = call.thenApply(text -> {
            throw new IllegalStateException("in a callback");
        });
        Boolean failed = soon(callback.handle((value, failure) -> failure != null));
        assertThat(failed).isTrue();
        assertThat(session.call("/echo", "b", String.class)).isEqualTo("b");
    }

    @Test
    void aPushTellsWhenItWasHandedOver() throws Exception {
        connect();
        CompletableFuture<String> arrived = new CompletableFuture<>();
        server.router().push("/push", String.class, (context, text) -> arrived.complete(text));
        assertThat(session.request("/push").push("x").get(60, TimeUnit.SECONDS)).isNull();
        assertThat(soon(arrived)).isEqualTo("x");
    }

    @Test
    void aTimeoutWithoutEndIsOne() throws Exception {
        connect();
        server.router().call("/echo", String.class, (context, text) -> text);
        for (Duration limit : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofNanos(Long.MAX_VALUE))) {
            assertThat(session.request("/echo")
                            .timeout(limit)
                            .call("a", String.class)
                            .body())
                    .isEqualTo("a");
            assertThat(soon(session.request("/echo").timeout(limit).callAsync("b", String.class))
                            .body())
                    .isEqualTo("b");
        }
    }
}
