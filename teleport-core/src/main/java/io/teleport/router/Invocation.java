package io.teleport.router;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.Bodies;
import io.teleport.codec.CodecException;
import io.teleport.codec.LoggedStatus;
import io.teleport.message.Failures;
import io.teleport.message.LogText;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.Inbound;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One CALL or PUSH on its way through decoding, handler and reply. Ends exactly once, whatever the handler does. */
final class Invocation implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Invocation.class);

    private final Inbound inbound;

    private final @Nullable Route route;

    private final DispatchSettings settings;

    private final ConnectionState connection;

    private final Cancellation cancellation;

    /** Changed by {@link #move} only. */
    private final AtomicReference<InvocationState> state = new AtomicReference<>(InvocationState.WAITING);

    private @Nullable CallContext callContext;

    /** Ends the turn in the queue that it is in. */
    private @Nullable Runnable turn;

    /** What is to be done with the decoded body before it is handled; that leads to a second run. */
    private @Nullable Runnable afterDecoding;

    private boolean decoded;

    private @Nullable Status refusal;

    /** @param route null if there is none */
    Invocation(Inbound inbound, @Nullable Route route, DispatchSettings settings, ConnectionState connection) {
        this.inbound = inbound;
        this.route = route;
        this.settings = settings;
        this.connection = connection;
        this.cancellation = new Cancellation(inbound, this);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Inbound inbound() {
        return inbound;
    }

    /**
     * It is in the queue of this turn now. The turn ends when the handler has let go.
     *
     * @return the turn before, which has to be ended
     */
    @Nullable
    Runnable turn(@Nullable Runnable newTurn) {
        Runnable before = turn;
        turn = newTurn;
        return before;
    }

    /** Has the first run decode only, then do this, which is to start it once more. */
    void afterDecoding(Runnable action) {
        afterDecoding = action;
    }

    RouteHooks hooks() {
        return route == null ? settings.hooks() : route.hooks();
    }

    /** Has the run answer with this instead of handling. */
    void refusal(Status status) {
        refusal = status;
    }

    private boolean move(InvocationState from, InvocationState to) {
        return from.mayBecome(to) && state.compareAndSet(from, to);
    }

    @Override
    public void run() {
        if (refusal != null) {
            finish(refusal);
            return;
        }
        Route target = route;
        if (target == null) {
            throw new IllegalStateException("an invocation that runs has a route");
        }
        if (!begins()) {
            letGo(null);
            return;
        }
        Object result;
        try {
            if (!decoded) {
                decode(target);
                decoded = true;
                if (afterDecoding != null) {
                    afterDecoding.run();
                    return;
                }
            }
            Deadlines.ofPeer(inbound, settings.contextAge(), this);
            target.hooks().postReadBody(inbound.message());
            result = handle(target);
        } catch (Throwable e) {
            end(failure(e), null, !isUnexpected(e));
            return;
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    end(Status.OK, value, true);
                } else {
                    end(failure(failure), null, !isUnexpected(failure));
                }
            });
        } else {
            end(Status.OK, result, true);
        }
    }

    /** False if it was answered while it waited. */
    private boolean begins() {
        if (cancellation.isLate()) {
            deadlinePassed();
        }
        return decoded
                ? state.get() == InvocationState.RUNNING
                : move(InvocationState.WAITING, InvocationState.RUNNING);
    }

    private @Nullable Object handle(Route target) throws Throwable {
        Object argument = inbound.message().body();
        return target.isInterruptible()
                ? cancellation.callInterruptibly(target.invoker(), context(), argument)
                : target.invoker().invoke(context(), argument);
    }

    private void decode(Route target) {
        IncomingMessage message = inbound.message();
        inbound.changeBody();
        try {
            message.body(argument(message, target.argumentType()));
        } catch (CodecException e) {
            throw Bodies.refusal(e, message.bodyTransform());
        }
    }

    private @Nullable Object argument(IncomingMessage message, Type type) {
        // Bytes are lent to the handler, not copied: they live until the invocation ends.
        return type == ByteBuf.class
                ? inbound.body()
                : settings.bodies()
                        .readArgument(inbound.body(), message.header().bodyCodec(), type);
    }

    private MessageContext context() {
        IncomingMessage message = inbound.message();
        if (!Dispatcher.isCall(inbound)) {
            return new PushContext(message, cancellation);
        }
        CallContext context =
                new CallContext(message, cancellation, settings.bodies().codecs(), settings.filters());
        callContext = context;
        return context;
    }

    private static boolean isUnexpected(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return !(cause instanceof StatusException) && !(cause instanceof CodecException);
    }

    /** Whether the handler's failure may be what its cancellation led to. */
    private boolean wasStopped() {
        return state.get() == InvocationState.ANSWERED
                || (route != null && route.isInterruptible() && cancellation.isCancelled());
    }

    private Status failure(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof StatusException refusal) {
            return refusal.status();
        }
        if (cause instanceof CodecException bad) {
            return Status.builtIn(StatusCode.BAD_MESSAGE, bad.getMessage());
        }
        if (wasStopped()) {
            // As it should: nobody waits for it any more. Who sends calls and cuts the connection must not fill the
            // log.
            log.debug(
                    "{}: handler of {} ended, as it was cancelled",
                    inbound.message().session(),
                    route,
                    cause);
        } else {
            log.error("{}: handler of {} failed", inbound.message().session(), route, cause);
        }
        String text = settings.includeCause() ? String.valueOf(cause.getMessage()) : "";
        return Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR, text);
    }

    /** Ends without running the handler. */
    void finish(Status status) {
        end(status, null, true);
    }

    /** There is no thread for it. */
    void notStarted(Status why) {
        finish(refusal == null ? why : refusal);
    }

    /**
     * Answers instead of the handler, unless there is an answer already.
     *
     * @return whether the handler runs and nobody waits for it any more
     */
    boolean deadlinePassed() {
        if (move(InvocationState.WAITING, InvocationState.ANSWERED)) {
            answer(Status.builtIn(StatusCode.HANDLE_TIMEOUT, "the handler had not begun in time"), null, null, false);
            inbound.releaseBody();
            return false;
        }
        if (move(InvocationState.RUNNING, InvocationState.ANSWERED)) {
            // The body stays: the handler, or the codec on its way to it, may be reading it.
            answer(
                    Status.builtIn(StatusCode.HANDLE_TIMEOUT, "the handler had not finished in time"),
                    null,
                    null,
                    false);
            return true;
        }
        return false;
    }

    private void end(Status status, @Nullable Object result, boolean withHooks) {
        try {
            if (move(InvocationState.RUNNING, InvocationState.ANSWERED)
                    || move(InvocationState.WAITING, InvocationState.ANSWERED)) {
                answer(status, callContext, result, withHooks);
            }
        } finally {
            letGo(result);
        }
    }

    /** @param said what the handler said about the reply; nothing where it may still be saying it */
    private void answer(Status status, @Nullable CallContext said, @Nullable Object result, boolean withHooks) {
        Status outcome = status;
        OutgoingMessage reply = null;
        try {
            if (Dispatcher.isCall(inbound)) {
                ReplyWriter writer = new ReplyWriter(inbound, said, hooks(), settings, connection);
                outcome = writer.write(status, result, withHooks);
                reply = writer.written();
            } else if (!status.isOk()) {
                logUnhandledPush(status);
            }
        } finally {
            inbound.answered();
            observe(outcome, reply);
        }
    }

    private void logUnhandledPush(Status status) {
        Status shown = LoggedStatus.of(status);
        IncomingMessage push = inbound.message();
        if (connection.isFirstUnhandledPush()) {
            log.warn(
                    "{}: PUSH {} was not handled (more are logged at DEBUG): {}",
                    push.session(),
                    LogText.of(push.serviceMethod()),
                    shown);
        } else {
            log.debug("{}: PUSH {} was not handled: {}", push.session(), LogText.of(push.serviceMethod()), shown);
        }
    }

    private void observe(Status outcome, @Nullable OutgoingMessage reply) {
        IncomingMessage message = inbound.message();
        try {
            settings.observer()
                    .handled(
                            message,
                            reply,
                            route == null ? "" : route.path(),
                            outcome,
                            inbound.nanoTime() - inbound.arrivedNanos());
        } catch (Throwable e) {
            log.error("{}: after {} was handled", message.session(), LogText.of(message.serviceMethod()), e);
        }
    }

    /** Nobody uses the message any more. */
    @SuppressWarnings("ReferenceEquality") // whether it is the same buffer, not one with the same bytes
    private void letGo(@Nullable Object result) {
        if (result instanceof ByteBuf bytes && inbound.message().body() != result) {
            // A buffer that the handler made; the one it was lent goes back below.
            bytes.release();
        }
        if (inbound.done() && turn != null) {
            turn.run();
        }
    }
}
