package io.teleport.session;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyTransform;
import io.teleport.codec.CodecException;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.SessionLinks.Holding;
import io.teleport.socket.WriteListener;
import io.teleport.transport.EventLoopThread;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls and pushes of one session: from request to packed frame, and from reply to value. Thread-safe. */
final class Calls {

    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    private final LiveSession session;

    /** The connection they are made on; null for whichever the session has. */
    private final @Nullable Link own;

    Calls(LiveSession session, @Nullable Link own) {
        this.session = session;
        this.own = own;
    }

    <R> Reply<R> callAndWait(Request request, @Nullable Object body, Type resultType) {
        EventLoopThread.refuseBlocking("Waiting for the reply of " + request.serviceMethod());
        OutgoingMessage message = message(MessageType.CALL, request, body);
        BlockingCall call = new BlockingCall(message, resultType, request.timeoutNanos(), request.isIdempotent());
        send(call);
        try {
            if (!call.await()) {
                forget(call, TimedOut.status(call));
            }
        } catch (InterruptedException e) {
            forget(call, Status.builtIn(StatusCode.HANDLE_TIMEOUT, "interrupted while waiting for the reply"));
            Thread.currentThread().interrupt();
        }
        return outcome(call);
    }

    <R> CompletableFuture<Reply<R>> callLater(Request request, @Nullable Object body, Type resultType) {
        OutgoingMessage message = message(MessageType.CALL, request, body);
        FutureCall<R> call = new FutureCall<>(
                message,
                resultType,
                request.timeoutNanos(),
                request.isIdempotent(),
                request.isInline(),
                session.environment().completions(),
                this::outcome,
                session.clock());
        CompletableFuture<Reply<R>> future = call.future();
        // However the future is completed from outside, the call is over; where it has its outcome this does nothing.
        future.whenComplete(
                (reply, failure) -> forget(call, Status.builtIn(StatusCode.HANDLE_TIMEOUT, "cancelled by the caller")));
        send(call);
        if (!call.isOver()) {
            session.watchDeadline(call.deadlineNanos());
        }
        return future;
    }

    /** Brings the outcome of a call from this side, unless another came first, and takes the call out of wherever it waits. */
    private void forget(PendingCall call, Status status) {
        call.fail(status);
        Link link = call.link();
        if (link != null) {
            link.take(call);
        }
        session.links().forget(call);
    }

    CompletableFuture<@Nullable Void> pushLater(Request request, @Nullable Object body) {
        CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
        Status accepted = push(
                request, body, outcome -> session.environment().completions().execute(() -> complete(future, outcome)));
        if (!accepted.isOk()) {
            complete(future, accepted);
        }
        return future;
    }

    /** Brings what became of a write. */
    static void complete(CompletableFuture<@Nullable Void> future, Status outcome) {
        if (outcome.isOk()) {
            future.complete(null);
        } else {
            future.completeExceptionally(StatusException.withoutStackTrace(outcome));
        }
    }

    /** Sends a PUSH; the listener is told if and only if the result is OK. */
    Status push(Request request, @Nullable Object body, @Nullable WriteListener listener) {
        long started = session.clock().getAsLong();
        CallObserver observer = session.environment().observer();
        Status refusal = own == null ? session.refusal() : Status.OK;
        if (!refusal.isOk()) {
            observer.issued(
                    MessageType.PUSH,
                    request.serviceMethod(),
                    refusal,
                    session.clock().getAsLong() - started);
            return refusal;
        }
        OutgoingMessage message = message(MessageType.PUSH, request, body);
        Status status = sendOrHold(new HeldPush(message, listener, started + request.timeoutNanos()), true);
        observer.issued(message, null, status, session.clock().getAsLong() - started);
        return status;
    }

    private OutgoingMessage message(MessageType type, Request request, @Nullable Object body) {
        return new OutgoingMessage(
                session,
                session.environment().bodies(),
                null,
                type,
                session.nextSequence(),
                request.serviceMethod(),
                request.metadata(),
                request.codecId(),
                request.filters(),
                body);
    }

    /** Sends a call for the first time, or fails it. */
    private void send(PendingCall call) {
        Status status = sendOrHold(call, true);
        if (!status.isOk()) {
            call.fail(status);
        }
    }

    /** Sends what has waited for a connection. */
    void sendHeld(HeldRequest request) {
        Status status;
        try {
            status = sendOrHold(request, false);
        } catch (Error e) {
            // In a codec or hook. Those that wait behind it have done nothing wrong.
            log.error("{}: failed to send {}", session, request.message().serviceMethod(), e);
            status = Status.builtIn(StatusCode.WRITE_FAILED, e.toString());
        }
        if (!status.isOk()) {
            request.failHeld(status);
        }
    }

    /**
     * Sends it on the connection there is, or has it held until there is one.
     *
     * @param behindOthers whether what is held already goes first
     * @return OK if it was accepted or is held, else why neither was possible
     */
    private Status sendOrHold(HeldRequest request, boolean behindOthers) {
        SessionLinks links = session.links();
        if (own != null || !links.redials()) {
            return request.sendOn(own != null ? own : links.current(), this);
        }
        if (behindOthers && links.isHolding()) {
            Holding holding = links.hold(request);
            if (holding != Holding.NOT_NEEDED) {
                return holding == Holding.HELD ? Status.OK : session.closedStatus();
            }
        }
        while (true) {
            Status status = request.sendOn(links.current(), this);
            if (status.code() != StatusCode.CONNECTION_CLOSED
                    || request.message().isRefused()) {
                return status;
            }
            // The connection has ended, and nothing of this was sent on it.
            Holding holding = behindOthers ? links.hold(request) : links.holdAgain(request);
            if (holding != Holding.NOT_NEEDED) {
                return holding == Holding.HELD ? Status.OK : status;
            }
        }
    }

    /** See {@link HeldRequest#sendOn}. */
    Status sendCall(PendingCall call, Link link) {
        if (call.link() != null) {
            call.request().renumber(session.nextSequence());
        }
        Status status = link.admit(call, own != null);
        if (!status.isOk()) {
            return status;
        }
        try {
            status = write(call.request(), link, session.links().redials() ? call : null, call.deadlineNanos());
        } catch (Error e) {
            // In a codec or hook. The call must not stay in the table: nobody would take it out.
            if (link.take(call)) {
                call.fail(Status.builtIn(StatusCode.WRITE_FAILED, e.toString()));
            }
            throw e;
        }
        // If it is not there any more, the end of the connection has taken it in hand.
        return status.isOk() || link.take(call) ? status : Status.OK;
    }

    /**
     * Gives OK if it was accepted for sending, else why not: nothing was sent.
     *
     * @param deadlineNanos until when the caller may be kept waiting for room in the outbound queue
     */
    Status write(OutgoingMessage message, Link link, @Nullable WriteListener listener, long deadlineNanos) {
        SessionHooks hooks = session.environment().hooks();
        Status status;
        try {
            if (message.prepare()) {
                prepare(message, hooks);
            }
            status = link.write(
                    message,
                    message.bodyWriter(),
                    listener,
                    deadlineNanos - session.clock().getAsLong());
        } catch (StatusException e) {
            return e.status();
        } catch (RuntimeException e) {
            return notPacked(e);
        }
        if (status.isOk()) {
            try {
                hooks.postWrite(message);
            } catch (StatusException e) {
                log.error("{}: a plugin failed after {} was written: {}", session, message.serviceMethod(), e.status());
            }
        }
        return status;
    }

    /** 104, with the text of what kept a message from being packed. */
    static Status notPacked(RuntimeException failure) {
        return Status.builtIn(
                StatusCode.WRITE_FAILED, Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
    }

    private static void prepare(OutgoingMessage message, SessionHooks hooks) {
        try {
            hooks.preWrite(message);
        } catch (StatusException e) {
            message.refuse();
            throw e;
        }
    }

    /** Turns the outcome of a completed call into what its caller gets. Called once, off the event loop; may run codecs and hooks. */
    private <R> Reply<R> outcome(PendingCall call) {
        Object outcome = Objects.requireNonNull(call.outcome(), "the call is complete");
        IncomingMessage incoming = outcome instanceof Message message ? incoming(call, message) : null;
        Reply<R> reply = outcome instanceof Message message && incoming != null
                ? decode(call, message, incoming)
                : Reply.failed((Status) outcome);
        session.environment()
                .observer()
                .issued(
                        call.request(),
                        incoming,
                        reply.status(),
                        session.clock().getAsLong() - call.startedNanos());
        return reply;
    }

    private IncomingMessage incoming(PendingCall call, Message reply) {
        return new IncomingMessage(
                session,
                session.environment().bodies(),
                reply.header(),
                call.request().serviceMethod(),
                reply.size());
    }

    @SuppressWarnings("unchecked") // the codec was asked for the caller's type
    private <R> Reply<R> decode(PendingCall call, Message message, IncomingMessage incoming) {
        MessageHeader header = message.header();
        try {
            R value = (R) readBody(call, message, incoming);
            return new Reply<>(header.status(), value, incoming.metadata(), header.bodyCodec());
        } catch (StatusException e) {
            return failed(e.status(), incoming);
        } catch (CodecException e) {
            return failed(Status.builtIn(StatusCode.BAD_MESSAGE, e.getMessage()), incoming);
        } catch (RuntimeException e) {
            log.error("{}: the reply of {} could not be read", session, incoming.serviceMethod(), e);
            return failed(Status.builtIn(StatusCode.BAD_MESSAGE, e.getClass().getSimpleName()), incoming);
        } finally {
            message.release();
        }
    }

    private static <R> Reply<R> failed(Status status, IncomingMessage incoming) {
        ReferenceCountUtil.release(incoming.body());
        return new Reply<>(status, null, incoming.metadata(), incoming.header().bodyCodec());
    }

    private @Nullable Object readBody(PendingCall call, Message message, IncomingMessage incoming) {
        SessionHooks hooks = session.environment().hooks();
        hooks.postReadReplyHeader(incoming);
        hooks.preReadReplyBody(incoming);
        if (!incoming.status().isOk()) {
            return null;
        }
        BodyTransform transform = incoming.bodyTransform();
        if (transform == null) {
            incoming.body(result(message.body(), incoming, call.resultType()));
        } else {
            ByteBuf changed = incoming.bodies().change(message.body(), transform);
            try {
                incoming.body(result(changed, incoming, call.resultType()));
            } catch (CodecException e) {
                throw Bodies.refusal(e, transform);
            } finally {
                changed.release();
            }
        }
        hooks.postReadReplyBody(incoming);
        return incoming.body();
    }

    private static @Nullable Object result(ByteBuf body, IncomingMessage incoming, Type type) {
        boolean primitive = type instanceof Class<?> c && c.isPrimitive() && c != void.class;
        Bodies bodies = incoming.bodies();
        int codec = incoming.header().bodyCodec();
        return primitive ? bodies.readArgument(body, codec, type) : bodies.read(body, codec, type);
    }

    @SuppressWarnings("NullAway") // a reply without a body is null for the caller, as the contract of Session.call says
    static <R> R bodyForCaller(Reply<R> reply) {
        return reply.body();
    }
}
