package io.teleport.router;

import java.util.ArrayList;
import java.util.List;

/**
 * The plugins of the routes registered at one place.
 *
 * @param peer hooks of the peer
 * @param added plugins of groups and routes, outer ones first
 * @param hooks all together
 */
record Scope(RouterHooks peer, List<RoutePlugin> added, RouteHooks hooks) {

    static Scope of(RouterHooks peer) {
        return new Scope(peer, List.of(), peer);
    }

    Scope with(List<RoutePlugin> more) {
        List<RoutePlugin> all = new ArrayList<>(added);
        all.addAll(more);
        return new Scope(peer, List.copyOf(all), peer.with(all));
    }
}
