package io.teleport.router;

/**
 * A plugin as far as routes are concerned: it has a name. What it takes part in is known to the room of plugins, whose plugins are of this type; see
 * {@link RouterHooks#with}.
 */
public interface RoutePlugin {

    /** Unique among the plugins that take part in a message. */
    String name();
}
