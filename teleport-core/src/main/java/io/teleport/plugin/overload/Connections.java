package io.teleport.plugin.overload;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts connections, exactly: whatever was counted is given back once, and nothing else is. Thread-safe. */
final class Connections {

    private final Map<String, Integer> byHost = new HashMap<>();

    private int all;

    /** Null if the connection was counted, else its refusal. */
    @Nullable
    synchronized Status take(String host, OverloadLimits limits) {
        if (limits.connections() > 0 && all >= limits.connections()) {
            return overload("limit", limits.connections(), all);
        }
        int ofHost = byHost.getOrDefault(host, 0);
        if (limits.connectionsPerAddress() > 0 && ofHost >= limits.connectionsPerAddress()) {
            return overload("address_limit", limits.connectionsPerAddress(), ofHost);
        }
        all++;
        byHost.put(host, ofHost + 1);
        return null;
    }

    synchronized void giveBack(String host) {
        all--;
        byHost.computeIfPresent(host, (key, count) -> count == 1 ? null : count - 1);
    }

    synchronized int count() {
        return all;
    }

    private static Status overload(String which, int limit, int now) {
        return Status.of(
                StatusCode.INTERNAL_SERVER_ERROR, "connection overload, " + which + "=" + limit + ", now=" + now);
    }

    /** The host of {@code ip:port}, the path of a Unix socket. */
    static String host(String address) {
        int unix = address.lastIndexOf('#');
        int port = address.lastIndexOf(':');
        int end = unix >= 0 ? unix : port;
        return end < 0 ? address : address.substring(0, end);
    }
}
