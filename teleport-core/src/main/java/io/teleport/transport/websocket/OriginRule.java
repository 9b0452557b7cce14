package io.teleport.transport.websocket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from using the cookies and the network of their visitors to open a WebSocket here. Browsers always send the origin of
 * the page, with scheme http, https or null.
 */
final class OriginRule {

    private final Set<String> allowed;

    /** @param allowed origins in lower case, or {@code *}; if empty, those of the host that the request names */
    OriginRule(Set<String> allowed) {
        this.allowed = allowed;
    }

    boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        String lowerCase = origin.toLowerCase(Locale.ROOT);
        if (lowerCase.startsWith("ws://") || lowerCase.startsWith("wss://")) {
            return true;
        }
        if (!allowed.isEmpty()) {
            return allowed.contains("*") || allowed.contains(lowerCase);
        }
        return host != null && isSame(lowerCase, host.toLowerCase(Locale.ROOT));
    }

    private static boolean isSame(String origin, String host) {
        try {
            URI page = new URI(origin);
            String scheme = page.getScheme();
            String authority = page.getRawAuthority();
            if (scheme == null || authority == null) {
                return false;
            }
            return withPort(scheme, authority).equals(withPort(scheme, host));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withPort(String scheme, String authority) {
        boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        return hasPort ? authority : authority + (scheme.equals("https") ? ":443" : ":80");
    }
}
