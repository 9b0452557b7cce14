package io.teleport.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What happened, a line for each event, with its time in microseconds. */
final class History {

    private final StringBuilder text = new StringBuilder();

    void add(long nanos, String what) {
        text.append(nanos / 1_000).append(' ').append(what).append('\n');
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Its last lines. */
    String tail(int lines) {
        int from = text.length();
        for (int i = 0; i <= lines && from > 0; i++) {
            from = text.lastIndexOf("\n", from - 1);
        }
        return String.format(Locale.ROOT, "%s", text.substring(Math.max(0, from)));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
