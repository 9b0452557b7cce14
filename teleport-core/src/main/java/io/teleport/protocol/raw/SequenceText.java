package io.teleport.protocol.raw;

import io.netty.buffer.ByteBuf;
import io.teleport.message.WireText;
import io.teleport.protocol.ProtocolException;

/** The sequence number as base 36 text with its length in front, read as leniently as Go reads it: either case, a sign, leading zeros. */
final class SequenceText {

    private static final int RADIX = 36;

    /** A sign and the seven digits of 2^31. */
    private static final int MAX_LENGTH = 8;

    private SequenceText() {}

    static int read(ByteBuf in, int length) {
        int start = in.readerIndex();
        int end = start + length;
        int at = start;
        boolean negative = false;
        if (length > 0 && (in.getByte(at) == '-' || in.getByte(at) == '+')) {
            negative = in.getByte(at) == '-';
            at++;
        }
        if (at == end) {
            throw notANumber(in, length);
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = digit(in.getByte(at));
            if (digit < 0) {
                throw notANumber(in, length);
            }
            value = value * RADIX + digit;
            if (value > 1L << 31) {
                throw outOfRange(in, length);
            }
        }
        if (negative) {
            value = -value;
        }
        if (value != (int) value) {
            throw outOfRange(in, length);
        }
        in.skipBytes(length);
        return (int) value;
    }

    private static int digit(byte character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : -1;
    }

    private static ProtocolException notANumber(ByteBuf in, int length) {
        return new ProtocolException("raw: sequence " + quoted(in, length) + " is not a base 36 number");
    }

    private static ProtocolException outOfRange(ByteBuf in, int length) {
        return new ProtocolException("raw: sequence " + quoted(in, length) + " does not fit 32 bits");
    }

    private static String quoted(ByteBuf in, int length) {
        int shown = Math.min(length, 16);
        String text = WireText.decode(in.slice(in.readerIndex(), shown), shown).replaceAll("\\p{C}", "?");
        return '"' + text + (shown < length ? "…" : "") + '"';
    }

    static void write(int sequence, ByteBuf out) {
        int at = out.writerIndex();
        out.writeByte(0);
        long rest = Math.abs((long) sequence);
        if (sequence < 0) {
            out.writeByte('-');
        }
        int digits = 1;
        for (long power = RADIX; power <= rest; power *= RADIX) {
            digits++;
        }
        out.ensureWritable(MAX_LENGTH);
        int first = out.writerIndex();
        for (int i = first + digits - 1; i >= first; i--) {
            out.setByte(i, Character.forDigit((int) (rest % RADIX), RADIX));
            rest /= RADIX;
        }
        out.writerIndex(first + digits);
        out.setByte(at, out.writerIndex() - at - 1);
    }
}
