package io.teleport.boot.handler;

import io.teleport.plugin.Plugin;
import io.teleport.router.OrderKey;
import io.teleport.router.RoutePlugin;
import io.teleport.router.Router;
import java.util.List;
import java.util.function.Function;

/** What a mapping says about its route, whatever its kind. */
record RouteMapping(
        String path,
        boolean inline,
        boolean interruptible,
        boolean inOrder,
        String orderedBy,
        List<Class<? extends Plugin>> plugins) {

    static RouteMapping of(CallMapping mapping) {
        return new RouteMapping(
                mapping.value(),
                mapping.inline(),
                mapping.interruptible(),
                mapping.inOrder(),
                mapping.orderedBy(),
                List.of(mapping.plugins()));
    }

    static RouteMapping of(PushMapping mapping) {
        return new RouteMapping(
                mapping.value(),
                mapping.inline(),
                mapping.interruptible(),
                mapping.inOrder(),
                mapping.orderedBy(),
                List.of(mapping.plugins()));
    }

    /** Where a route with these wishes is registered. */
    Router place(Router router, Function<Class<? extends Plugin>, RoutePlugin> beans) {
        Router place = plugins.isEmpty()
                ? router
                : router.with(plugins.stream().map(beans).toArray(RoutePlugin[]::new));
        if (inline) {
            place = place.inline();
        }
        if (interruptible) {
            place = place.interruptible();
        }
        if (inOrder) {
            place = place.inOrder();
        }
        return orderedBy.isEmpty() ? place : place.orderedBy(OrderKey.metadata(orderedBy));
    }
}
