package io.teleport.protocol.http;

import java.util.Set;

/** Names of headers: how they are written, and which ones are not metadata. */
final class FieldNames {

    /** They frame the message or say what it is; a pair of metadata with such a name cannot be carried. */
    private static final Set<String> RESERVED = Set.of(
            "Connection",
            "Content-Length",
            "Content-Type",
            "Expect",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "X-Content-Encoding",
            "X-Mtype",
            "X-Seq");

    private FieldNames() {}

    static boolean isReserved(String canonicalName) {
        return RESERVED.contains(canonicalName);
    }

    /** Whether the text can be the name of a header. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c > 0 && c < 0x7f && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** The usual capitals, as in Go: the first letter and each one behind a hyphen, and no others. */
    static String canonical(String token) {
        boolean upper = true;
        StringBuilder name = null;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            char wanted = upper ? toUpper(c) : toLower(c);
            if (wanted != c) {
                name = name == null ? new StringBuilder(token) : name;
                name.setCharAt(i, wanted);
            }
            upper = c == '-';
        }
        return name == null ? token : name.toString();
    }

    /** The key under which a header is known to those who read metadata: its name, but for one that the house itself spells otherwise. */
    static String key(String canonicalName) {
        return canonicalName.equals("X-Real-Ip") ? "X-Real-IP" : canonicalName;
    }

    private static char toUpper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }

    private static char toLower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }
}
