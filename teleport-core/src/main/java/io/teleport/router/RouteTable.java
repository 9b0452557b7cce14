package io.teleport.router;

import io.teleport.message.MessageType;
import io.teleport.session.ReservedRoutes;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of a peer: CALL and PUSH apart, names matched literally. Thread-safe; a route serves sessions that exist already, too. */
final class RouteTable {

    private static final Logger log = LoggerFactory.getLogger(RouteTable.class);

    private final ConcurrentHashMap<String, Route> calls = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, Route> pushes = new ConcurrentHashMap<>();

    private volatile @Nullable Route unknownCall;

    private volatile @Nullable Route unknownPush;

    /** Enters a route, unless its plugins refuse by an exception. */
    void add(Route route) {
        if (ReservedRoutes.contains(route.path())) {
            throw new RouteConflictException(route);
        }
        ConcurrentHashMap<String, Route> routes = route.type() == MessageType.CALL ? calls : pushes;
        Route existing = routes.get(route.path());
        if (existing == null) {
            route.hooks().postRegister(route);
            existing = routes.putIfAbsent(route.path(), route);
        }
        if (existing != null) {
            throw new RouteConflictException(existing, route);
        }
        log.debug("register {} handler: {}", route.type(), route.path());
    }

    void addUnknown(Route route) {
        route.hooks().postRegister(route);
        if (route.type() == MessageType.CALL) {
            unknownCall = route;
        } else {
            unknownPush = route;
        }
        log.debug("set UNKNOWN_{} handler", route.type());
    }

    /** The route of a message, the handler for unknown ones if there is none, null if there is neither. */
    @Nullable
    Route find(MessageType type, String path) {
        boolean call = type == MessageType.CALL;
        Route route = (call ? calls : pushes).get(path);
        return route != null ? route : call ? unknownCall : unknownPush;
    }

    List<Route> all() {
        return Stream.of(calls, pushes)
                .flatMap(routes -> routes.values().stream())
                .sorted(Comparator.comparing(Route::type).thenComparing(Route::path))
                .toList();
    }
}
