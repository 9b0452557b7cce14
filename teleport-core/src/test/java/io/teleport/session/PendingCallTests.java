package io.teleport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PendingCallTests {

    private static final Status LATE = Status.of(408);

    @SuppressWarnings("NullAway") // no session is asked for anything here
    private static OutgoingMessage request() {
        return new OutgoingMessage(
                null, null, null, MessageType.CALL, 1, "/x", Metadata.empty(), 0, FilterIds.none(), null);
    }

    private static BlockingCall call() {
        return new BlockingCall(request(), String.class, TimeUnit.MINUTES.toNanos(5), false);
    }

    private static Message reply(ByteBuf body) {
        return new Message(
                new MessageHeader(1, MessageType.REPLY.id(), "", Status.OK, Metadata.empty(), 0, FilterIds.none()),
                body,
                10);
    }

    @Test
    void aReplyThatComesSecondIsReleased() {
        BlockingCall call = call();
        ByteBuf body = Unpooled.buffer();
        assertThat(call.fail(LATE)).isTrue();
        assertThat(call.succeed(reply(body))).isFalse();
        assertThat(body.refCnt()).isZero();
        assertThat(call.outcome()).isSameAs(LATE);
    }

    @Test
    void aFailureThatComesSecondIsIgnored() {
        BlockingCall call = call();
        Message reply = reply(Unpooled.EMPTY_BUFFER);
        assertThat(call.succeed(reply)).isTrue();
        assertThat(call.fail(LATE)).isFalse();
        assertThat(call.outcome()).isSameAs(reply);
    }

    @Test
    void anInterruptBeforeTheOutcomeEndsTheWaiting() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> call().await()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptThatComesWithTheOutcomeIsNotLost() throws Exception {
        BlockingCall call = call();
        Thread caller = Thread.currentThread();
        Thread replier = new Thread(() -> {
            // In this order the caller, once awake, finds both.
            while (caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            call.fail(LATE);
            caller.interrupt();
        });
        replier.start();
        assertThat(call.await()).isTrue();
        assertThat(interruptedWhileJoining(replier)).isTrue();
    }

    /** The interrupt may be there already, or come while we wait for the thread that brings it. */
    private static boolean interruptedWhileJoining(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return Thread.interrupted() || interrupted;
    }

    @Test
    void anErrorInTheDecoderFailsTheFuture() {
        Error broken = new NoClassDefFoundError("a codec's");
        Function<PendingCall, Reply<String>> decoder = call -> {
            throw broken;
        };
        FutureCall<String> call = new FutureCall<>(
                request(),
                String.class,
                TimeUnit.MINUTES.toNanos(5),
                false,
                false,
                Runnable::run,
                decoder,
                System::nanoTime);
        call.fail(LATE);
        assertThat(call.future()).isCompletedExceptionally();
    }

    @Test
    void bytesThatComeAfterTheFutureWasCancelledAreReleased() {
        ByteBuf bytes = Unpooled.buffer();
        Function<PendingCall, Reply<ByteBuf>> decoder = call -> new Reply<>(Status.OK, bytes, Metadata.empty(), 0);
        FutureCall<ByteBuf> call = new FutureCall<>(
                request(),
                ByteBuf.class,
                TimeUnit.MINUTES.toNanos(5),
                false,
                false,
                Runnable::run,
                decoder,
                System::nanoTime);
        call.future().cancel(false);
        call.succeed(reply(Unpooled.EMPTY_BUFFER));
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void bytesThatComeAfterTheFutureOfTheBodyWasCancelledAreReleased() {
        ByteBuf bytes = Unpooled.buffer();
        CompletableFuture<Reply<ByteBuf>> reply = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                // As if the reply had come just before.
                return complete(new Reply<>(Status.OK, bytes, Metadata.empty(), 0));
            }
        };
        BodyFuture.of(reply).cancel(false);
        assertThat(bytes.refCnt()).isZero();
    }
}
