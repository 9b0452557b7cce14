package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.teleport.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Undoes the escapes of JSON strings, and those of Go source text, which Go writes into its JSON. Used once for each string. */
final class StringEscapes {

    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

    private final ByteBuffer in;

    private final ByteBuffer out;

    private final String name;

    private StringEscapes(ByteBuffer in, ByteBuffer out, String name) {
        this.in = in;
        this.out = out;
        this.name = name;
    }

    /**
     * Gives what a string means.
     *
     * @param from index of the first byte behind the opening quote
     * @param length bytes up to the closing quote
     * @param name of the string, for messages
     * @return owned by the caller; at most as long as what was read
     */
    static ByteBuf undo(ByteBuf in, int from, int length, String name, ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(length);
        boolean done = false;
        try {
            ByteBuffer text = out.nioBuffer(0, length);
            new StringEscapes(in.nioBuffer(from, length), text, name).run();
            out.writerIndex(text.position());
            done = true;
            return out;
        } finally {
            if (!done) {
                out.release();
            }
        }
    }

    private void run() {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (b == '\\') {
                escape(in.get());
            } else {
                out.put(b);
            }
        }
    }

    private void escape(byte letter) {
        switch (letter) {
            case '"', '\\', '/', '\'' -> out.put(letter);
            case 'a' -> out.put((byte) 0x07);
            case 'b' -> out.put((byte) '\b');
            case 'f' -> out.put((byte) '\f');
            case 'n' -> out.put((byte) '\n');
            case 'r' -> out.put((byte) '\r');
            case 't' -> out.put((byte) '\t');
            case 'v' -> out.put((byte) 0x0b);
            case 'x' -> out.put((byte) hex(2));
            case 'u' -> character(unicode());
            case 'U' -> character(hex(8));
            default ->
                throw new ProtocolException(String.format(
                        "json: unknown escape in %s: backslash and %s",
                        name, letter > ' ' && letter < 0x7f ? "'" + (char) letter + "'" : "byte " + (letter & 0xff)));
        }
    }

    /** Two halves of a pair become one character; a lone half becomes U+FFFD in the end, as in Go. */
    private int unicode() {
        int first = hex(4);
        if (Character.isHighSurrogate((char) first) && in.remaining() >= 6) {
            int mark = in.position();
            if (in.get() == '\\' && in.get() == 'u') {
                int second = hex(4);
                if (Character.isLowSurrogate((char) second)) {
                    return Character.toCodePoint((char) first, (char) second);
                }
            }
            in.position(mark);
        }
        return first;
    }

    private void character(int codePoint) {
        if (!Character.isValidCodePoint(codePoint)) {
            throw new ProtocolException(String.format("json: %s escapes U+%X, which is no character", name, codePoint));
        }
        if (codePoint < 0x80) {
            out.put((byte) codePoint);
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            out.put(REPLACEMENT);
        } else {
            out.put(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        }
    }

    private int hex(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = in.hasRemaining() ? Character.digit(in.get() & 0xff, 16) : -1;
            if (digit < 0) {
                throw new ProtocolException(
                        "json: an escape in " + name + " lacks some of its " + digits + " hex digits");
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
