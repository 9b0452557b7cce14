package io.teleport.transport.websocket;

import org.jspecify.annotations.Nullable;

/** Text of the other side as it may be answered, remembered and logged: short, and nothing but plain characters. */
final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    /** Null, where nothing was said, is shown as such. */
    static String of(@Nullable Object said) {
        String text = String.valueOf(said);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            shown.append(c >= 0x20 && c < 0x7f ? c : '?');
        }
        return shown.append(text.length() > LONGEST ? "..." : "").toString();
    }
}
