package io.teleport.plugin.overload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a peer takes on. Immutable; zero stands for no limit. A rate is a number of calls and pushes per second: as many may come at once after a second of
 * silence, and no more than that number in each second on average, fractions counted.
 *
 * @param connections connections at one time, accepted and dialed together
 * @param connectionsPerAddress connections at one time with the same remote host, or over the same Unix socket
 * @param rate of all sessions together
 * @param ratePerSession of each session
 * @param routes rates of single service methods, of all sessions together
 */
public record OverloadLimits(
        int connections, int connectionsPerAddress, int rate, int ratePerSession, Map<String, Integer> routes) {

    /** No limit at all. */
    public static final OverloadLimits NONE = new OverloadLimits(0, 0, 0, 0, Map.of());

    /** @throws IllegalArgumentException if a limit is negative, or that of a route not positive */
    public OverloadLimits {
        notNegative("connections", connections);
        notNegative("connections-per-address", connectionsPerAddress);
        notNegative("rate", rate);
        notNegative("rate-per-session", ratePerSession);
        routes.forEach((route, limit) -> {
            if (limit < 1) {
                throw new IllegalArgumentException("Limit '" + route + "' of the routes is " + limit
                        + " (expected 1 or more; a route without limit is left out)");
            }
        });
        routes = Map.copyOf(routes);
    }

    private static void notNegative(String name, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException(
                    "Limit '" + name + "' is " + limit + " (expected 1 or more, or 0 for no limit)");
        }
    }

    /** These limits with another one on connections. */
    public OverloadLimits withConnections(int limit) {
        return new OverloadLimits(limit, connectionsPerAddress, rate, ratePerSession, routes);
    }

    /** These limits with another one on connections with one address. */
    public OverloadLimits withConnectionsPerAddress(int limit) {
        return new OverloadLimits(connections, limit, rate, ratePerSession, routes);
    }

    /** These limits with another rate of all sessions together. */
    public OverloadLimits withRate(int limit) {
        return new OverloadLimits(connections, connectionsPerAddress, limit, ratePerSession, routes);
    }

    /** These limits with another rate of each session. */
    public OverloadLimits withRatePerSession(int limit) {
        return new OverloadLimits(connections, connectionsPerAddress, rate, limit, routes);
    }

    /** These limits with another one for one route; zero takes it away. */
    public OverloadLimits withRoute(String serviceMethod, int limit) {
        Map<String, Integer> changed = new LinkedHashMap<>(routes);
        if (limit == 0) {
            changed.remove(serviceMethod);
        } else {
            changed.put(serviceMethod, limit);
        }
        return new OverloadLimits(connections, connectionsPerAddress, rate, ratePerSession, changed);
    }
}
