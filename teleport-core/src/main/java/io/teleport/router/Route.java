package io.teleport.router;

import io.teleport.message.MessageType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registered route. Immutable. */
public final class Route {

    private final MessageType type;

    private final String path;

    private final Type argumentType;

    private final Type resultType;

    private final RouteTraits traits;

    private final String handler;

    private final HandlerInvoker invoker;

    Route(
            MessageType type,
            String path,
            Type argumentType,
            Type resultType,
            RouteTraits traits,
            String handler,
            HandlerInvoker invoker) {
        this.type = type;
        this.path = path;
        this.argumentType = argumentType;
        this.resultType = resultType;
        this.traits = traits;
        this.handler = handler;
        this.invoker = invoker;
    }

    /** {@link MessageType#CALL} or {@link MessageType#PUSH}. */
    public MessageType type() {
        return type;
    }

    /** Service method, matched literally. */
    public String path() {
        return path;
    }

    /** What the body is decoded into; {@code void} if the handler takes none. */
    public Type argumentType() {
        return argumentType;
    }

    /** What the handler answers with, inside its {@code CompletionStage} if it has one; {@code Object} if not known. */
    public Type resultType() {
        return resultType;
    }

    /** Whether the handler runs on the event loop and so must not block. */
    public boolean isInline() {
        return traits.inline();
    }

    /**
     * Whether the thread of a handler whose context is cancelled is interrupted, and a future that it returned is cancelled. Without meaning for the
     * thread of an inline route: an event loop is never interrupted.
     */
    public boolean isInterruptible() {
        return traits.interruptible();
    }

    /** Whether its messages are handled in an order. An inline route handles each at once, whatever this says. */
    public Ordering ordering() {
        return traits.order().ordering();
    }

    /** Names of the plugins that take part in its messages, in the order in which they run: those of the peer, its groups and its own. */
    public List<String> plugins() {
        return hooks().plugins();
    }

    RouteHooks hooks() {
        return traits.scope().hooks();
    }

    @Nullable
    OrderKey orderKey() {
        return traits.order().key();
    }

    /** The code behind the route, for people. */
    public String handler() {
        return handler;
    }

    HandlerInvoker invoker() {
        return invoker;
    }

    @Override
    public String toString() {
        return type + " " + path + " -> " + handler;
    }
}
