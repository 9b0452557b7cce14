package io.teleport.router;

/** Two handlers claim one route. */
public final class RouteConflictException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String path;

    RouteConflictException(Route existing, Route added) {
        super(added.type() + " route '" + added.path() + "' of " + added.handler() + " is already taken by "
                + existing.handler());
        this.path = added.path();
    }

    /** The route both want. */
    public String path() {
        return path;
    }
}
