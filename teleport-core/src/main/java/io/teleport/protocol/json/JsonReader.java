package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.teleport.protocol.ProtocolException;

/** Steps through JSON text. White space is skipped wherever JSON has it; strings may be quoted as Go quotes them. */
final class JsonReader {

    private static final int MAX_DEPTH = 100;

    private static final int END = -1;

    private final ByteBuf in;

    private final int start;

    private final ByteBufAllocator allocator;

    JsonReader(ByteBuf in, ByteBufAllocator allocator) {
        this.in = in;
        this.start = in.readerIndex();
        this.allocator = allocator;
    }

    /** Takes a character if it is the next one. */
    boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        in.skipBytes(1);
        return true;
    }

    void expect(char wanted) {
        if (!take(wanted)) {
            throw unexpected("'" + wanted + "'");
        }
    }

    void expectEnd() {
        if (peek() != END) {
            throw unexpected("the end of the message");
        }
    }

    /** Takes a null if it comes next. */
    boolean takeNull() {
        if (peek() != 'n') {
            return false;
        }
        word("null");
        return true;
    }

    /** Whether a string comes next. */
    boolean isString() {
        return peek() == '"';
    }

    /**
     * Takes a string.
     *
     * @param name of the string, for messages
     * @return what it means, owned by the caller
     */
    ByteBuf string(String name) {
        if (!isString()) {
            throw unexpected(name + ", a string,");
        }
        int from = in.readerIndex() + 1;
        StringEnd end = new StringEnd();
        int length = length(end, name);
        return end.sawEscape() ? StringEscapes.undo(in, from, length, name, allocator) : in.retainedSlice(from, length);
    }

    /** Steps over a string and gives the bytes between its quotes. */
    private int length(StringEnd end, String name) {
        int from = in.readerIndex() + 1;
        int close = in.forEachByte(from, in.writerIndex() - from, end);
        if (close < 0) {
            throw new ProtocolException(
                    "json: message ends inside " + name + ", a string that begins at byte " + (from - 1 - start));
        }
        in.readerIndex(close + 1);
        return close - from;
    }

    /** Takes a whole number between two limits, both included. */
    int number(String name, int least, int most) {
        boolean negative = take('-');
        if (!isDigit(next())) {
            throw unexpected(name + ", a number,");
        }
        long value = 0;
        while (isDigit(next())) {
            // Stops growing where it is far out of every range.
            value = Math.min(value * 10 + in.readByte() - '0', 1L << 40);
        }
        if (isInNumber(next())) {
            throw unexpected("no fraction and no exponent in " + name);
        }
        long signed = negative ? -value : value;
        if (signed < least || signed > most) {
            throw new ProtocolException("json: " + name + " is out of range (" + least + " to " + most
                    + ") before byte " + (in.readerIndex() - start));
        }
        return (int) signed;
    }

    /** Steps over any value. */
    void skip() {
        skip(1);
    }

    private void skip(int depth) {
        if (depth > MAX_DEPTH) {
            throw new ProtocolException("json: values are nested deeper than " + MAX_DEPTH);
        }
        switch (peek()) {
            case '{' -> skipObject(depth);
            case '[' -> skipArray(depth);
            case '"' -> skipString();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> skipNumber();
            default -> throw unexpected("a value");
        }
    }

    private void skipObject(int depth) {
        expect('{');
        if (take('}')) {
            return;
        }
        do {
            if (!isString()) {
                throw unexpected("a key");
            }
            skipString();
            expect(':');
            skip(depth + 1);
        } while (take(','));
        expect('}');
    }

    private void skipArray(int depth) {
        expect('[');
        if (take(']')) {
            return;
        }
        do {
            skip(depth + 1);
        } while (take(','));
        expect(']');
    }

    private void skipString() {
        length(new StringEnd(), "a value");
    }

    private void skipNumber() {
        boolean digits = false;
        while (isInNumber(next())) {
            digits |= isDigit(in.readByte());
        }
        if (!digits) {
            throw unexpected("a digit");
        }
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (next() != word.charAt(i)) {
                throw unexpected(word);
            }
            in.skipBytes(1);
        }
    }

    /** The next byte that is no white space, not taken. */
    private int peek() {
        int next = next();
        while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
            in.skipBytes(1);
            next = next();
        }
        return next;
    }

    private int next() {
        return in.isReadable() ? in.getUnsignedByte(in.readerIndex()) : END;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isInNumber(int c) {
        return isDigit(c) || c == '.' || c == '+' || c == '-' || c == 'e' || c == 'E';
    }

    private ProtocolException unexpected(String expected) {
        int found = next();
        String what = found == END
                ? "the end of the message"
                : found > ' ' && found < 0x7f ? "'" + (char) found + "'" : String.format("byte 0x%02x", found);
        return new ProtocolException("json: found " + what + " at byte " + (in.readerIndex() - start) + " where "
                + expected + " was expected");
    }
}
