package io.teleport.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Text as Go peers send it: UTF-8 by convention, any bytes in practice. Every byte sequence survives
 * {@code bytes -> String -> bytes} unchanged.
 *
 * <p>Valid UTF-8 becomes the usual characters. Each byte that is not part of valid UTF-8, as Go defines it (no overlong
 * forms, no surrogates, nothing above U+10FFFF; an incomplete sequence is invalid byte by byte), becomes one lone low
 * surrogate U+DC80 to U+DCFF, the byte in its low eight bits, and is written back as that byte. Any other lone surrogate
 * has no UTF-8 form and is written as U+FFFD.
 */
public final class WireText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char STRAY_BYTE_BASE = '\uDC00';
    private static final char FIRST_STRAY_BYTE = '\uDC80';
    private static final char LAST_STRAY_BYTE = '\uDCFF';
    private static final int INVALID = -1;

    private WireText() {}

    /**
     * Reads {@code length} bytes as text and advances the reader index by as many.
     *
     * @throws IndexOutOfBoundsException if fewer bytes are readable; nothing is read then
     */
    public static String decode(ByteBuf in, int length) {
        if (length == 0) {
            return "";
        }
        Objects.checkFromIndexSize(0, length, in.readableBytes());
        String bytesAsChars = in.readString(length, StandardCharsets.ISO_8859_1);
        if (isAscii(bytesAsChars)) {
            return bytesAsChars;
        }
        return decodeNonAscii(bytesAsChars.getBytes(StandardCharsets.ISO_8859_1), 0, length);
    }

    /**
     * Reads {@code length} bytes from {@code offset} as text.
     *
     * @throws IndexOutOfBoundsException if that range is not inside the array
     */
    public static String decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return "";
        }
        if (isAscii(bytes, offset, length)) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
        return decodeNonAscii(bytes, offset, offset + length);
    }

    /** Appends the bytes of the text, without a length in front. */
    public static void encode(CharSequence text, ByteBuf out) {
        if (isAscii(text)) {
            ByteBufUtil.writeAscii(out, text);
        } else {
            out.writeBytes(toBytes(text));
        }
    }

    /**
     * Counts the bytes {@link #encode} writes for the text.
     *
     * @throws ArithmeticException if they are more than an {@code int} can count
     */
    public static int encodedLength(CharSequence text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 || isStrayByte(c)) {
                length += 1;
            } else if (c < 0x800) {
                length += 2;
            } else if (isPairAt(text, i)) {
                length += 4;
                i++;
            } else {
                length += 3;
            }
        }
        return Math.toIntExact(length);
    }

    /** Gives the bytes of the text in a new array. */
    public static byte[] toBytes(CharSequence text) {
        byte[] bytes = new byte[encodedLength(text)];
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 || isStrayByte(c)) {
                bytes[n++] = (byte) c;
            } else if (c < 0x800) {
                bytes[n++] = (byte) (0xC0 | (c >> 6));
                bytes[n++] = continuation(c);
            } else if (isPairAt(text, i)) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                bytes[n++] = (byte) (0xF0 | (codePoint >> 18));
                bytes[n++] = continuation(codePoint >> 12);
                bytes[n++] = continuation(codePoint >> 6);
                bytes[n++] = continuation(codePoint);
            } else {
                char written = Character.isSurrogate(c) ? REPLACEMENT : c;
                bytes[n++] = (byte) (0xE0 | (written >> 12));
                bytes[n++] = continuation(written >> 6);
                bytes[n++] = continuation(written);
            }
        }
        return bytes;
    }

    /**
     * Makes the text printable and valid everywhere: every lone surrogate, and so every byte that was not UTF-8, becomes
     * U+FFFD.
     */
    public static String withoutLoneSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isLoneSurrogateAt(text, i)) {
                return replaceLoneSurrogates(text);
            }
        }
        return text;
    }

    static boolean isLoneSurrogateAt(CharSequence text, int i) {
        return Character.isSurrogate(text.charAt(i)) && !isPairAt(text, i) && !(i > 0 && isPairAt(text, i - 1));
    }

    private static String replaceLoneSurrogates(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (isLoneSurrogateAt(text, i)) {
                clean.setCharAt(i, REPLACEMENT);
            }
        }
        return clean.toString();
    }

    private static String decodeNonAscii(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int codePoint = codePointAt(bytes, i, to);
            if (codePoint == INVALID) {
                text.append((char) (STRAY_BYTE_BASE | (bytes[i] & 0xFF)));
                i++;
            } else {
                text.appendCodePoint(codePoint);
                i += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            }
        }
        return text.toString();
    }

    private static int codePointAt(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (first < 0xC2 || first > 0xF4 || to - i < width) {
            return INVALID;
        }
        int codePoint = first & (0x7F >> width);
        for (int k = 1; k < width; k++) {
            int next = bytes[i + k];
            if ((next & 0xC0) != 0x80) {
                return INVALID;
            }
            codePoint = (codePoint << 6) | (next & 0x3F);
        }
        boolean valid = switch (width) {
            case 2 -> true; // a first byte from 0xC2 up excludes overlong forms
            case 3 -> codePoint >= 0x800 && !(codePoint >= 0xD800 && codePoint <= 0xDFFF);
            default -> codePoint >= 0x10000 && codePoint <= Character.MAX_CODE_POINT;
        };
        return valid ? codePoint : INVALID;
    }

    private static boolean isPairAt(CharSequence text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** Only meaningful for callers that step over whole pairs. */
    private static boolean isStrayByte(char c) {
        return c >= FIRST_STRAY_BYTE && c <= LAST_STRAY_BYTE;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    private static boolean isAscii(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
