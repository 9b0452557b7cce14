package io.teleport.router;

import io.netty.buffer.ByteBuf;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.session.Inbound;
import io.teleport.session.IncomingMessage;
import io.teleport.session.MessageDispatcher;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a CALL or PUSH to its route: the part that happens on the event loop. The rest is an {@link Invocation}. */
public final class Dispatcher implements MessageDispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final RouteTable table;

    private final Router router;

    private final DispatchSettings settings;

    private final Consumer<Invocation> starter = this::start;

    public Dispatcher(ServiceMethodMapper mapper, DispatchSettings settings) {
        this.table = new RouteTable(settings.hooks()::postRegister);
        this.router = new Router(table, mapper, List.of(), "", RouteTraits.USUAL);
        this.settings = settings;
    }

    /** Where routes are registered. */
    public Router router() {
        return router;
    }

    @Override
    public void dispatch(Inbound inbound) {
        IncomingMessage message = inbound.message();
        Route route;
        try {
            settings.hooks().postReadHeader(message);
            route = route(message);
            settings.hooks().preReadBody(message);
        } catch (StatusException e) {
            new Invocation(inbound, null, settings).finish(e.status());
            return;
        }
        if (isUnreadable(inbound, route.argumentType())) {
            inbound.abortConnection("body of " + inbound.body().readableBytes() + " bytes has codec id 0");
            inbound.done();
            return;
        }
        Invocation invocation = new Invocation(inbound, route, settings);
        Deadlines.ofCaller(inbound, invocation);
        if (route.isInline()) {
            invocation.run();
        } else if (settings.ordering() == Ordering.SESSION) {
            SerialQueue queue = (SerialQueue) inbound.connectionState(() -> new SerialQueue(starter));
            queue.submit(invocation);
        } else {
            start(invocation);
        }
    }

    private void start(Invocation invocation) {
        try {
            settings.executor().execute(invocation);
        } catch (RejectedExecutionException e) {
            invocation.finish(Status.of(StatusCode.INTERNAL_SERVER_ERROR, "handlers overload", e.getMessage()));
        } catch (RuntimeException e) {
            // An executor that was given to us and is, perhaps, not ready. The message must end, or those behind it in
            // its
            // session would wait for ever.
            log.error("the handler executor failed", e);
            invocation.finish(Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR));
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
