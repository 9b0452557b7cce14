package io.teleport.transport.websocket;

/** Text of the other side as it may be answered, remembered and logged: short, and nothing but plain characters. */
final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    static String of(Object said) {
        String text = said.toString();
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            shown.append(c >= 0x20 && c < 0x7f ? c : '?');
        }
        return shown.append(text.length() > LONGEST ? "..." : "").toString();
    }
}
