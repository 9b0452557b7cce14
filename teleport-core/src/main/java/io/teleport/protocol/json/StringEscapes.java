package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.teleport.protocol.ProtocolException;

/** Undoes the escapes of JSON strings, and those of Go source text, which Go writes into its JSON. Used once for each string. */
final class StringEscapes {

    private final ByteBuf in;

    private final int end;

    private final String name;

    private final ByteBuf out;

    private int at;

    private StringEscapes(ByteBuf in, int from, int end, String name, ByteBuf out) {
        this.in = in;
        this.at = from;
        this.end = end;
        this.name = name;
        this.out = out;
    }

    /**
     * Gives what a string means.
     *
     * @param from index of the first byte behind the opening quote
     * @param end index of the closing quote
     * @param name of the string, for messages
     * @return owned by the caller; at most as long as what was read
     */
    static ByteBuf undo(ByteBuf in, int from, int end, String name, ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(end - from);
        boolean done = false;
        try {
            new StringEscapes(in, from, end, name, out).run();
            done = true;
            return out;
        } finally {
            if (!done) {
                out.release();
            }
        }
    }

    private void run() {
        int backslash = in.indexOf(at, end, (byte) '\\');
        while (backslash >= 0) {
            out.writeBytes(in, at, backslash - at);
            at = backslash + 1;
            escape(in.getByte(at++));
            backslash = in.indexOf(at, end, (byte) '\\');
        }
        out.writeBytes(in, at, end - at);
    }

    private void escape(byte letter) {
        switch (letter) {
            case '"', '\\', '/', '\'' -> out.writeByte(letter);
            case 'a' -> out.writeByte(7);
            case 'b' -> out.writeByte('\b');
            case 'f' -> out.writeByte('\f');
            case 'n' -> out.writeByte('\n');
            case 'r' -> out.writeByte('\r');
            case 't' -> out.writeByte('\t');
            case 'v' -> out.writeByte(0x0b);
            case 'x' -> out.writeByte(hex(2));
            case 'u' -> character(unicode());
            case 'U' -> character(hex(8));
            default ->
                throw new ProtocolException(String.format(
                        "json: unknown escape in %s: backslash and %s",
                        name, letter > ' ' && letter < 0x7f ? "'" + (char) letter + "'" : "byte " + (letter & 0xff)));
        }
    }

    /** Two halves of a pair become one character; a lone half becomes U+FFFD below, as in Go. */
    private int unicode() {
        int first = hex(4);
        if (first <= 0xffff
                && Character.isHighSurrogate((char) first)
                && end - at >= 6
                && in.getByte(at) == '\\'
                && in.getByte(at + 1) == 'u') {
            int mark = at;
            at += 2;
            int second = hex(4);
            if (Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) first, (char) second);
            }
            at = mark;
        }
        return first;
    }

    private void character(int codePoint) {
        if (!Character.isValidCodePoint(codePoint)) {
            throw new ProtocolException(String.format("json: %s escapes U+%X, which is no character", name, codePoint));
        }
        ByteBufUtil.writeUtf8(
                out,
                codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
                        ? "\ufffd"
                        : Character.toString(codePoint));
    }

    private int hex(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at < end ? Character.digit(in.getByte(at) & 0xff, 16) : -1;
            if (digit < 0) {
                throw new ProtocolException(
                        "json: an escape in " + name + " lacks some of its " + digits + " hex digits");
            }
            value = value << 4 | digit;
            at++;
        }
        return value;
    }
}
