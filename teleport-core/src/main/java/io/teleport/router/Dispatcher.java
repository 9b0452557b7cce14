package io.teleport.router;

import io.netty.buffer.ByteBuf;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.Inbound;
import io.teleport.session.IncomingMessage;
import io.teleport.session.MessageDispatcher;
import io.teleport.transport.LoopTasks;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a CALL or PUSH to its route: the part that happens on the event loop. The rest is an {@link Invocation}. */
public final class Dispatcher implements MessageDispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final RouteTable table;

    private final Router router;

    private final DispatchSettings settings;

    private final KeyedQueues keyed = new KeyedQueues();

    public Dispatcher(ServiceMethodMapper mapper, DispatchSettings settings) {
        this.table = new RouteTable();
        OrderRule order = new OrderRule(settings.ordering(), settings.orderKey());
        this.router = new Router(
                table, mapper, List.of(), "", new RouteTraits(false, false, order, Scope.of(settings.hooks())));
        this.settings = settings;
    }

    /** Where routes are registered. */
    public Router router() {
        return router;
    }

    @Override
    public void dispatch(Inbound inbound) {
        IncomingMessage message = inbound.message();
        ConnectionState state = (ConnectionState) inbound.connectionState(ConnectionState::new);
        Route route = null;
        try {
            settings.hooks().postReadHeader(message);
            route = route(message);
            route.hooks().preReadBody(message);
        } catch (StatusException e) {
            refuse(new Invocation(inbound, route, settings, state), e.status());
            return;
        }
        if (isUnreadable(inbound, route.argumentType())) {
            inbound.abortConnection("body of " + inbound.body().readableBytes() + " bytes has codec id 0");
            inbound.done();
            return;
        }
        Invocation invocation = new Invocation(inbound, route, settings, state);
        Deadlines.ofCaller(inbound, invocation);
        if (route.isInline()) {
            invocation.run();
            return;
        }
        switch (route.ordering()) {
            case NONE -> start(invocation);
            case SESSION -> inTurn(invocation, state.handling());
            case KEY -> byKey(invocation, state, Objects.requireNonNull(route.orderKey()));
        }
    }

    /** Where plugins look at the reply, that happens on a handler's thread. */
    private void refuse(Invocation invocation, Status status) {
        if (!isCall(invocation.inbound()) || invocation.hooks().nothingAtReply()) {
            invocation.finish(status);
        } else {
            invocation.refusal(status);
            start(invocation);
        }
    }

    private void byKey(Invocation invocation, ConnectionState state, OrderKey orderKey) {
        Inbound inbound = invocation.inbound();
        if (orderKey.isOfArgument()) {
            // Decoding in order, so that the keys come in order.
            state.decoding().submit(ended -> {
                invocation.turn(ended);
                invocation.afterDecoding(() -> byKeyOfArgument(invocation, orderKey));
                start(invocation);
            });
        } else {
            byKey(invocation, orderKey.of(inbound.message()));
        }
    }

    /** On a handler's thread, which goes on to the next body; the handler gets another one. */
    private void byKeyOfArgument(Invocation invocation, OrderKey orderKey) {
        Object key = orderKey.of(invocation.inbound().message());
        @Nullable Runnable decodingTurn = invocation.turn(null);
        try {
            byKey(invocation, key);
        } finally {
            if (decodingTurn != null) {
                decodingTurn.run();
            }
        }
    }

    private void byKey(Invocation invocation, @Nullable Object key) {
        if (key == null) {
            start(invocation);
        } else {
            keyed.submit(key, ended -> {
                invocation.turn(ended);
                start(invocation);
            });
        }
    }

    private void inTurn(Invocation invocation, SerialQueue queue) {
        queue.submit(ended -> {
            invocation.turn(ended);
            start(invocation);
        });
    }

    private void start(Invocation invocation) {
        try {
            LoopTasks.execute(settings.executor(), invocation.inbound().eventLoop(), invocation);
        } catch (RejectedExecutionException e) {
            invocation.notStarted(Status.of(StatusCode.INTERNAL_SERVER_ERROR, "handlers overload", e.getMessage()));
        } catch (Throwable e) {
            // The system has no thread left, or the executor was given to us and is, perhaps, not ready. The message
            // must end, or those behind it in its session would wait for ever; and it alone.
            log.error("the handler executor failed", e);
            invocation.notStarted(Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR));
        }
    }

    private Route route(IncomingMessage message) {
        if (message.serviceMethod().isEmpty()) {
            throw StatusException.withoutStackTrace(
                    Status.builtIn(StatusCode.BAD_MESSAGE, "invalid service method for message"));
        }
        Route route = table.find(message.type(), message.serviceMethod());
        if (route == null) {
            throw StatusException.withoutStackTrace(Status.builtIn(StatusCode.NOT_FOUND));
        }
        return route;
    }

    /** As in Go, a body of codec 0 that must be decoded ends the connection without a reply. */
    private static boolean isUnreadable(Inbound inbound, Type argumentType) {
        return inbound.message().header().bodyCodec() == 0
                && inbound.body().isReadable()
                && argumentType != byte[].class
                && argumentType != ByteBuf.class
                && argumentType != void.class
                && argumentType != Void.class;
    }

    static boolean isCall(Inbound inbound) {
        return inbound.message().type() == MessageType.CALL;
    }
}
