package io.teleport.codec.xml;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Escapes as Go's encoding/xml: markup and quotes, also tab, line feed and carriage return, which a reader would normalize otherwise. What XML
 * cannot carry becomes U+FFFD.
 */
final class GoXmlWriter extends FilterWriter {

    private static final char REPLACEMENT = '\uFFFD';

    GoXmlWriter(Writer target) {
        super(target);
    }

    @Override
    public void write(int c) throws IOException {
        write(String.valueOf((char) c), 0, 1);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        write(String.valueOf(text, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        int end = offset + length;
        int written = offset;
        for (int i = offset; i < end; ) {
            int codePoint = text.codePointAt(i);
            // A surrogate whose other half lies beyond the end counts as alone.
            int next = Math.min(end, i + Character.charCount(codePoint));
            int whole = next - i == Character.charCount(codePoint) ? codePoint : text.charAt(i);
            String escape = escape(whole);
            if (escape != null) {
                out.write(text, written, i - written);
                out.write(escape);
                written = next;
            }
            i = next;
        }
        out.write(text, written, end - written);
    }

    private static @Nullable String escape(int codePoint) {
        return switch (codePoint) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&#34;";
            case '\'' -> "&#39;";
            case '\t' -> "&#x9;";
            case '\n' -> "&#xA;";
            case '\r' -> "&#xD;";
            default -> XmlCharacters.isAllowed(codePoint) ? null : String.valueOf(REPLACEMENT);
        };
    }
}
