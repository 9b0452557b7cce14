package io.teleport.plugin.secure;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;

/** Why an envelope is not opened. */
final class Refusals {

    private static final int SHOWN = 100;

    private Refusals() {}

    /** Go's text, but not with any length of what came from outside. */
    static GeneralSecurityException version(String got, String want) {
        return new InvalidKeyException(
                "inconsistent encryption version, get:\"" + shown(got) + "\", want:\"" + want + "\"");
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < SHOWN; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                shown.append('\\').append(c);
            } else {
                shown.append(c < ' ' || c > '~' ? '?' : c);
            }
        }
        return text.length() > SHOWN ? shown + "..." : shown.toString();
    }
}
