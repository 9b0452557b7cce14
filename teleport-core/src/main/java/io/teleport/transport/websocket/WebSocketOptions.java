package io.teleport.transport.websocket;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code ws} and {@code wss} of a peer can be told. Immutable; the methods that change something give a copy. */
public final class WebSocketOptions {

    private static final WebSocketOptions DEFAULTS =
            new WebSocketOptions(Set.of(), Map.of(), UpgradeCheck.NONE, HttpPages.NONE, Duration.ZERO);

    private static final Set<String> OURS =
            Set.of("host", "upgrade", "connection", "content-length", "transfer-encoding");

    private final Set<String> allowedOrigins;

    private final Map<String, String> dialHeaders;

    private final UpgradeCheck check;

    private final HttpPages pages;

    private final Duration pingInterval;

    private WebSocketOptions(
            Set<String> allowedOrigins,
            Map<String, String> dialHeaders,
            UpgradeCheck check,
            HttpPages pages,
            Duration pingInterval) {
        this.allowedOrigins = allowedOrigins;
        this.dialHeaders = dialHeaders;
        this.check = check;
        this.pages = pages;
        this.pingInterval = pingInterval;
    }

    public static WebSocketOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Origins whose pages may open a WebSocket here, such as {@code https://shop.example}, or {@code *} for every one. By default those with the
     * host and port that the request itself names. What is no page of a browser is always let in: requests without an origin, and those whose
     * origin begins with {@code ws:} or {@code wss:}, as a Go peer sends.
     */
    public WebSocketOptions allowedOrigins(Collection<String> origins) {
        Set<String> lowerCase =
                origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        return new WebSocketOptions(lowerCase, dialHeaders, check, pages, pingInterval);
    }

    /**
     * Headers to send when dialing, such as {@code Authorization} or {@code Cookie}; an {@code Origin} replaces that of a Go peer, the own address.
     *
     * @throws IllegalArgumentException if one of them belongs to the handshake itself
     */
    public WebSocketOptions dialHeaders(Map<String, String> headers) {
        for (String name : headers.keySet()) {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (OURS.contains(lowerCase) || lowerCase.startsWith("sec-websocket-")) {
                throw new IllegalArgumentException("Header '" + name
                        + "' belongs to the handshake and cannot be set (expected one of the application's)");
            }
        }
        return new WebSocketOptions(
                allowedOrigins, Map.copyOf(new LinkedHashMap<>(headers)), check, pages, pingInterval);
    }

    /** Decides about each request to open a WebSocket. By default all are let in. */
    public WebSocketOptions check(UpgradeCheck newCheck) {
        return new WebSocketOptions(allowedOrigins, dialHeaders, newCheck, pages, pingInterval);
    }

    /** What other paths answer. By default 404. */
    public WebSocketOptions pages(HttpPages newPages) {
        return new WebSocketOptions(allowedOrigins, dialHeaders, check, newPages, pingInterval);
    }

    /**
     * After how much silence the other side is sent a ping; when it stays silent for as long again the connection has failed. For networks that drop
     * silent connections. By default, with zero, none are sent; pings of the other side are always answered.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public WebSocketOptions pingInterval(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("Ping interval is " + interval + " (expected zero or more)");
        }
        return new WebSocketOptions(allowedOrigins, dialHeaders, check, pages, interval);
    }

    Set<String> allowedOrigins() {
        return allowedOrigins;
    }

    Map<String, String> dialHeaders() {
        return dialHeaders;
    }

    UpgradeCheck check() {
        return check;
    }

    HttpPages pages() {
        return pages;
    }

    Duration pingInterval() {
        return pingInterval;
    }
}
