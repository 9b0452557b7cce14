package io.teleport.router;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.Bodies;
import io.teleport.codec.CodecException;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.Inbound;
import io.teleport.session.IncomingMessage;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One CALL or PUSH on its way through decoding, handler and reply. Ends exactly once, whatever the handler does. */
final class Invocation implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Invocation.class);

    private final Inbound inbound;

    private final @Nullable Route route;

    private final DispatchSettings settings;

    private final @Nullable SerialQueue queue;

    private @Nullable CallContext callContext;

    Invocation(Inbound inbound, @Nullable Route route, DispatchSettings settings, @Nullable SerialQueue queue) {
        this.inbound = inbound;
        this.route = route;
        this.settings = settings;
        this.queue = queue;
    }

    @Override
    public void run() {
        Route target = route;
        if (target == null) {
            throw new IllegalStateException("an invocation that runs has a route");
        }
        Object result;
        try {
            readArgument(target);
            result = target.invoker().invoke(context(), inbound.message().body());
        } catch (Throwable e) {
            finish(failure(e), null, !isUnexpected(e));
            return;
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    finish(Status.OK, value, true);
                } else {
                    finish(failure(failure), null, !isUnexpected(failure));
                }
            });
        } else {
            finish(Status.OK, result, true);
        }
    }

    private void readArgument(Route target) {
        IncomingMessage message = inbound.message();
        inbound.changeBody();
        try {
            message.body(argument(message, target.argumentType()));
        } catch (CodecException e) {
            throw Bodies.refusal(e, message.bodyTransform());
        }
        settings.hooks().postReadBody(message);
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
            return new PushContext(message);
        }
        CallContext context = new CallContext(message, settings.bodies().codecs(), settings.filters());
        callContext = context;
        return context;
    }

    private static boolean isUnexpected(Throwable failure) {
        Throwable cause = unwrap(failure);
        return !(cause instanceof StatusException) && !(cause instanceof CodecException);
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private Status failure(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof StatusException refusal) {
            return refusal.status();
        }
        if (cause instanceof CodecException bad) {
            return Status.builtIn(StatusCode.BAD_MESSAGE, bad.getMessage());
        }
        log.error("{}: handler of {} failed", inbound.message().session(), route, cause);
        String text = settings.includeCause() ? String.valueOf(cause.getMessage()) : "";
        return Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR, text);
    }

    /** Ends without running the handler. */
    void finish(Status status) {
        finish(status, null, true);
    }

    private void finish(Status status, @Nullable Object result, boolean withHooks) {
        Status outcome = status;
        try {
            if (Dispatcher.isCall(inbound)) {
                outcome = new ReplyWriter(inbound, callContext, settings).write(status, result, withHooks);
            } else if (!status.isOk()) {
                log.warn(
                        "{}: PUSH {} was not handled: {}",
                        inbound.message().session(),
                        inbound.message().serviceMethod(),
                        status);
            }
        } finally {
            end(outcome, result);
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the same buffer, not one with the same bytes
    private void end(Status outcome, @Nullable Object result) {
        IncomingMessage message = inbound.message();
        if (result instanceof ByteBuf bytes && message.body() != result) {
            // A buffer that the handler made; the one it was lent goes back below.
            bytes.release();
        }
        try {
            inbound.done();
            settings.observer()
                    .handled(
                            message.type(),
                            route == null ? "" : route.path(),
                            outcome,
                            System.nanoTime() - inbound.arrivedNanos());
        } catch (RuntimeException e) {
            log.error("{}: after {} was handled", message.session(), message.serviceMethod(), e);
        } finally {
            if (queue != null) {
                queue.finished();
            }
        }
    }
}
