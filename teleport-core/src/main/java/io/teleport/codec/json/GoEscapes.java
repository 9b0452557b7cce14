package io.teleport.codec.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/** The characters that Go's encoding/json escapes beyond those that have to be: {@code < > &}, the line separators, and all controls by number. */
final class GoEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    private static final SerializableString LINE_SEPARATOR = new SerializedString("\\u2028");

    private static final SerializableString PARAGRAPH_SEPARATOR = new SerializedString("\\u2029");

    private static final int[] ASCII = ascii();

    private static int[] ascii() {
        int[] escapes = standardAsciiEscapesForJSON();
        for (char c : new char[] {'<', '>', '&', '\b', '\f'}) {
            escapes[c] = ESCAPE_STANDARD;
        }
        return escapes;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ASCII;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        return switch (c) {
            case '\u2028' -> LINE_SEPARATOR;
            case '\u2029' -> PARAGRAPH_SEPARATOR;
            default -> null;
        };
    }
}
