package io.teleport.router;

/**
 * What the routes registered at one place have in common.
 *
 * @param inline whether handlers run on the event loop
 * @param interruptible whether the thread of a handler that is cancelled may be interrupted
 */
record RouteTraits(boolean inline, boolean interruptible) {

    static final RouteTraits USUAL = new RouteTraits(false, false);

    RouteTraits onEventLoop() {
        return new RouteTraits(true, interruptible);
    }

    RouteTraits interruptibly() {
        return new RouteTraits(inline, true);
    }
}
