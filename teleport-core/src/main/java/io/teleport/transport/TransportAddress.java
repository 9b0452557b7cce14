package io.teleport.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where to listen or dial, as a URI: {@code tcp://host:port}, {@code unix:///run/a.sock}, {@code ws://host:port/path}, {@code local://name}.
 *
 * @param scheme network, lower case
 * @param host host name, IP address (IPv6 without brackets) or, for {@code local}, a name; empty if the address is a path only
 * @param port port, 0 for any free one when listening, -1 where the network has none
 * @param path path with its query, empty if there is none
 */
public record TransportAddress(String scheme, String host, int port, String path) {

    private static final String EXAMPLE = " (expected something like tcp://127.0.0.1:9090)";

    /**
     * Reads an address.
     *
     * @throws InvalidAddressException if it is not a URI with a scheme and a host, or a path in the place of one
     */
    public static TransportAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text.trim());
        } catch (URISyntaxException e) {
            throw new InvalidAddressException(text, "is not a URI: " + e.getReason() + EXAMPLE);
        }
        String scheme = uri.getScheme();
        if (scheme == null || uri.isOpaque()) {
            throw new InvalidAddressException(text, "has no network in front" + EXAMPLE);
        }
        if (uri.getRawUserInfo() != null) {
            throw new InvalidAddressException(
                    text.replace(uri.getRawUserInfo() + "@", "***@"),
                    "names a user, whom nobody would be told of: addresses are shown in logs (expected none; log in by the auth plugin)");
        }
        String host = uri.getHost();
        if (host == null
                && uri.getRawAuthority() != null
                && !uri.getRawAuthority().contains(":")) {
            host = uri.getRawAuthority();
        }
        if (host == null && uri.getRawAuthority() == null && text.contains("///")) {
            host = "";
        }
        if (host == null) {
            throw new InvalidAddressException(text, "has no readable host and port" + EXAMPLE);
        }
        if (uri.getPort() > 0xffff) {
            throw new InvalidAddressException(text, "has port " + uri.getPort() + " (expected 0 to 65535)");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new TransportAddress(
                scheme.toLowerCase(Locale.ROOT), withoutBrackets(host), uri.getPort(), path + query);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** This address with another port, as after listening on port 0. */
    public TransportAddress withPort(int actualPort) {
        return new TransportAddress(scheme, host, actualPort, path);
    }

    @Override
    public String toString() {
        String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return scheme + "://" + shownHost + (port < 0 ? "" : ":" + port) + path;
    }
}
