package io.teleport.protocol.json;

/** The escapes of one letter that JSON and Go agree upon. */
final class Escapes {

    static final int NONE = 0;

    private Escapes() {}

    /** Gives the letter behind the backslash, {@link #NONE} for a character that has none. */
    static int letterOf(int c) {
        return switch (c) {
            case '"', '\\' -> c;
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> NONE;
        };
    }
}
