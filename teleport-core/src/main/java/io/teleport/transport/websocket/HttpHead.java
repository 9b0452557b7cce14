package io.teleport.transport.websocket;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Request line and headers of an HTTP request, as they were sent.
 *
 * @param method such as {@code GET}
 * @param path path without its query, not decoded
 * @param query what follows the question mark, not decoded; empty if there is nothing
 * @param headers in the order of the request, repeated ones included
 * @param remoteAddress who sent it
 */
public record HttpHead(
        String method, String path, String query, List<Entry<String, String>> headers, SocketAddress remoteAddress) {

    public HttpHead {
        headers = List.copyOf(headers);
    }

    /**
     * The first header of this name.
     *
     * @param name in any case
     * @return its value, null if there is none
     */
    public @Nullable String header(String name) {
        for (Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    /** Neither the query nor what a header holds: both may carry secrets. */
    @Override
    public String toString() {
        return "HttpHead[" + method + " " + path + ", headers="
                + headers.stream().map(Entry::getKey).toList() + ", from " + remoteAddress + "]";
    }
}
