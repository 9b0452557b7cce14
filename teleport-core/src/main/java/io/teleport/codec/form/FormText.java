package io.teleport.codec.form;

import io.netty.buffer.ByteBuf;
import io.teleport.message.WireText;

/** Keys and values in URL encoding, as Go's net/url writes and reads them. */
final class FormText {

    private static final String SAFE = "-_.~";

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private static final int LONGEST_ESCAPE = 3;

    private FormText() {}

    static void write(byte[] text, ByteBuf out) {
        // Into a buffer of its own, as one write to the message's is cheap and one for each byte is not.
        byte[] escaped = new byte[LONGEST_ESCAPE * text.length];
        int length = 0;
        for (byte b : text) {
            if (isSafe(b)) {
                escaped[length++] = b;
            } else if (b == ' ') {
                escaped[length++] = '+';
            } else {
                escaped[length++] = '%';
                escaped[length++] = HEX[(b >> 4) & 0xF];
                escaped[length++] = HEX[b & 0xF];
            }
        }
        out.writeBytes(escaped, 0, length);
    }

    private static boolean isSafe(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || SAFE.indexOf(b) >= 0;
    }

    /** @throws IllegalArgumentException naming a percent sign that two hex digits do not follow */
    static String read(byte[] in, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = in[i];
            if (b == '%') {
                bytes[length++] = escaped(in, i, to);
                i += 2;
            } else {
                bytes[length++] = b == '+' ? (byte) ' ' : b;
            }
        }
        return WireText.decode(bytes, 0, length);
    }

    private static byte escaped(byte[] in, int at, int to) {
        int high = at + 2 < to ? Character.digit(in[at + 1], 16) : -1;
        int low = at + 2 < to ? Character.digit(in[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            String found = WireText.decode(in, at, Math.min(3, to - at));
            throw new IllegalArgumentException("invalid URL escape \"" + found + '"');
        }
        return (byte) ((high << 4) | low);
    }
}
