package io.teleport.router;

import io.teleport.session.IncomingMessage;
import java.util.List;

/**
 * The hooks of a whole peer: they take part in every incoming CALL and PUSH and its reply, also where there is no route. The plugin room implements this
 * for all plugins together.
 */
public interface RouterHooks extends RouteHooks {

    /** After the header was read, before the route is looked up. On the event loop, one message of a session at a time. */
    void postReadHeader(IncomingMessage message);

    /**
     * The hooks of routes that have plugins of their own, which run between those of the peer that come first and those that come last.
     *
     * @throws IllegalArgumentException if two of all these have the same name, or one takes part at no point of a route
     */
    RouteHooks with(List<RoutePlugin> added);
}
