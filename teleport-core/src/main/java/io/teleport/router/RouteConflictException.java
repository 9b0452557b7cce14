package io.teleport.router;

import io.teleport.session.ReservedRoutes;

/** A route cannot be had: another handler has it, or it is reserved for the framework. */
public final class RouteConflictException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String path;

    RouteConflictException(Route existing, Route added) {
        super(added.type() + " route '" + added.path() + "' of " + added.handler() + " is already taken by "
                + existing.handler());
        this.path = added.path();
    }

    /** The name is one of {@link ReservedRoutes}. */
    RouteConflictException(Route reserved) {
        super(reserved.type() + " route '" + reserved.path() + "' of " + reserved.handler()
                + " is reserved: names that begin with " + ReservedRoutes.PREFIX + " belong to the framework");
        this.path = reserved.path();
    }

    /** The route in question. */
    public String path() {
        return path;
    }
}
