package io.teleport.transport.websocket;

import org.jspecify.annotations.Nullable;

/**
 * What a listener answers to a GET on any path but its own, such as {@code /healthz}. For small things: one request a connection, within the
 * handshake timeout, no bodies of requests. A web server is something else.
 */
@FunctionalInterface
public interface HttpPages {

    /** Nothing but 404. */
    HttpPages NONE = request -> null;

    /**
     * Called on an event loop; must not block. An exception is a 500, and logged.
     *
     * @return the answer; null for 404
     */
    @Nullable
    HttpPage page(HttpHead request);
}
