package io.teleport.router;

import io.teleport.message.MessageType;
import java.lang.reflect.Type;

/** A registered route. Immutable. */
public final class Route {

    private final MessageType type;

    private final String path;

    private final Type argumentType;

    private final Type resultType;

    private final boolean inline;

    private final String handler;

    private final HandlerInvoker invoker;

    Route(
            MessageType type,
            String path,
            Type argumentType,
            Type resultType,
            boolean inline,
            String handler,
            HandlerInvoker invoker) {
        this.type = type;
        this.path = path;
        this.argumentType = argumentType;
        this.resultType = resultType;
        this.inline = inline;
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
        return inline;
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
