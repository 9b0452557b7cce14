package io.teleport.protocol.http;

import io.teleport.message.WireText;
import org.jspecify.annotations.Nullable;

/**
 * A service method as the URL that Go takes it for, and the target of a request. Fragment and user are dropped.
 *
 * @param host host and perhaps port, empty if there is none
 * @param path the path, its escapes undone
 * @param query the query as it was, without its question mark
 */
record ServiceUrl(String host, String path, String query) {

    private static final String HEX = "0123456789ABCDEF";

    /** Null, if a percent sign does not begin an escape in the path. */
    static @Nullable ServiceUrl parse(String text) {
        int fragment = text.indexOf('#');
        String url = fragment < 0 ? text : text.substring(0, fragment);
        int question = url.indexOf('?');
        String query = question < 0 ? "" : url.substring(question + 1);
        String rest = afterScheme(question < 0 ? url : url.substring(0, question));
        String host = "";
        if (rest.startsWith("//") && !rest.startsWith("///")) {
            int slash = rest.indexOf('/', 2);
            String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            host = authority.substring(authority.lastIndexOf('@') + 1);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        String path = unescape(rest);
        return path == null ? null : new ServiceUrl(host, path, query);
    }

    /** Only what is followed by a host: names like {@code a:b} have no scheme. */
    private static String afterScheme(String url) {
        int colon = url.indexOf("://");
        for (int i = 0; i < colon; i++) {
            if (!Character.isLetterOrDigit(url.charAt(i))) {
                return url;
            }
        }
        return colon > 0 ? url.substring(colon + 1) : url;
    }

    private static @Nullable String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = WireText.toBytes(text);
        int n = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes[n++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[n++] = bytes[i];
            }
        }
        return WireText.decode(bytes, 0, n);
    }

    /** The target of a request: path and query, so escaped that Go, and we, read what was meant. */
    String target(String moreQuery) {
        StringBuilder target = new StringBuilder();
        boolean firstSegment = true;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            firstSegment &= c != '/';
            boolean seemsHost = i == 1 && c == '/' && path.startsWith("//") && !path.startsWith("///");
            if (c <= ' ' || c == 0x7f || c == '%' || c == '?' || c == '#' || seemsHost || (firstSegment && c == ':')) {
                escape(c, target);
            } else {
                target.append(c);
            }
        }
        char separator = '?';
        if (!query.isEmpty()) {
            target.append(separator).append(query.replace(" ", "%20"));
            separator = '&';
        }
        return moreQuery.isEmpty()
                ? target.toString()
                : target.append(separator).append(moreQuery).toString();
    }

    private static void escape(char c, StringBuilder out) {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
    }
}
