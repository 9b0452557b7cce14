package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.message.WireText;
import java.util.Locale;

/**
 * Text in quotes as Go writes it, as far as Go can read that itself. Go spells some control characters {@code \a}, {@code \v} or {@code \x00}, stray bytes
 * {@code \xff} and rare characters {@code \U0001f3fb}, and its reader ends the text there; JSON's {@code \}{@code u0007}, the plain byte and the plain
 * character it reads right.
 */
final class GoQuote {

    private GoQuote() {}

    static void write(String text, ByteBuf out) {
        out.writeByte('"');
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isWrittenPlain(c)) {
                continue;
            }
            WireText.encode(text.subSequence(plainFrom, i), out);
            escape(c, out);
            plainFrom = i + 1;
        }
        WireText.encode(plainFrom == 0 ? text : text.subSequence(plainFrom, text.length()), out);
        out.writeByte('"');
    }

    /** Go escapes what does not print. Halves of a pair and stray bytes count as printing, so that they stay together and as they are. */
    private static boolean isWrittenPlain(char c) {
        if (c < 0x7f) {
            return c >= ' ' && c != '"' && c != '\\';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void escape(char c, ByteBuf out) {
        int letter = Escapes.letterOf(c);
        if (letter != Escapes.NONE) {
            out.writeByte('\\').writeByte(letter);
        } else {
            ByteBufUtil.writeAscii(out, String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
    }
}
