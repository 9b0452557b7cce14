package io.teleport.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The query form that metadata and status share: {@code key=value} pairs joined by {@code &}, escaped byte by byte.
 * Reading accepts any bytes and never fails; it is linear in their number. The rules are those recorded in
 * {@code meta.json} of the wire vectors.
 */
final class QueryText {

    private static final int NOT_HEX = -1;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] UNESCAPED = new boolean[128];

    static {
        for (char c = 0; c < UNESCAPED.length; c++) {
            UNESCAPED[c] = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || "*-._".indexOf(c) >= 0;
        }
    }

    private QueryText() {}

    /**
     * Takes the next {@code length} bytes out of the buffer. Checks first, so that memory follows the bytes that are
     * there and not the length announced.
     */
    static byte[] read(ByteBuf in, int length) {
        Objects.checkFromIndexSize(0, length, in.readableBytes());
        byte[] query = new byte[length];
        in.readBytes(query);
        return query;
    }

    /** Appends a pair, without what parts it from others. */
    static void writePair(String key, String value, ByteBuf out) {
        write(key, out);
        if (!value.isEmpty()) {
            out.writeByte('=');
            write(value, out);
        }
    }

    /** Appends a key or a value, escaped. */
    static void write(CharSequence text, ByteBuf out) {
        if (needsNoEscape(text)) {
            ByteBufUtil.writeAscii(out, text);
            return;
        }
        for (byte b : WireText.toBytes(text)) {
            if (b >= 0 && UNESCAPED[b]) {
                out.writeByte(b);
            } else {
                out.writeByte('%').writeByte(HEX[(b >> 4) & 0xF]).writeByte(HEX[b & 0xF]);
            }
        }
    }

    /** Gives what the writer appends to a buffer as a string. */
    static String toString(Consumer<ByteBuf> writer) {
        ByteBuf buffer = Unpooled.buffer();
        try {
            writer.accept(buffer);
            return buffer.toString(StandardCharsets.US_ASCII);
        } finally {
            buffer.release();
        }
    }

    private static boolean needsNoEscape(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= UNESCAPED.length || !UNESCAPED[c]) {
                return false;
            }
        }
        return true;
    }

    /** Gives where the byte is, {@code to} if it is not there. */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    static String unescape(byte[] query, int from, int to) {
        for (int i = from; i < to; i++) {
            if (query[i] == '%' || query[i] == '+') {
                return unescapeFrom(i, query, from, to);
            }
        }
        return WireText.decode(query, from, to - from);
    }

    private static String unescapeFrom(int firstEscape, byte[] query, int from, int to) {
        byte[] plain = new byte[to - from];
        int n = firstEscape - from;
        System.arraycopy(query, from, plain, 0, n);
        for (int i = firstEscape; i < to; i++) {
            byte b = query[i];
            if (b == '%') {
                if (i + 2 >= to) {
                    // Too short for an escape: the rest is literal, even a '+' in it.
                    System.arraycopy(query, i, plain, n, to - i);
                    n += to - i;
                    break;
                }
                int high = hexDigit(query[i + 1]);
                int low = hexDigit(query[i + 2]);
                if (high == NOT_HEX || low == NOT_HEX) {
                    plain[n++] = b;
                } else {
                    plain[n++] = (byte) ((high << 4) | low);
                    i += 2;
                }
            } else {
                plain[n++] = b == '+' ? (byte) ' ' : b;
            }
        }
        return WireText.decode(plain, 0, n);
    }

    private static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : NOT_HEX;
    }
}
