package io.teleport.router;

/**
 * What the routes registered at one place have in common.
 *
 * @param inline whether handlers run on the event loop
 * @param interruptible whether the thread of a handler that is cancelled may be interrupted
 * @param order how messages are ordered
 * @param scope the plugins that take part
 */
record RouteTraits(boolean inline, boolean interruptible, OrderRule order, Scope scope) {

    RouteTraits onEventLoop() {
        return new RouteTraits(true, interruptible, order, scope);
    }

    RouteTraits interruptibly() {
        return new RouteTraits(inline, true, order, scope);
    }

    RouteTraits ordered(OrderRule newOrder) {
        return new RouteTraits(inline, interruptible, newOrder, scope);
    }

    RouteTraits within(Scope newScope) {
        return new RouteTraits(inline, interruptible, order, newScope);
    }
}
