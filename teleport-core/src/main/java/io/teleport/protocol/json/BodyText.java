package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ByteProcessor;
import io.teleport.message.BodyWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Appends the body: written in place first, then spread to make room for its escapes. */
final class BodyText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final int UNICODE_ESCAPE = 6;

    /** How far escaping goes where Go's own would do for Go. */
    enum Escaping {
        /** Go's bytes. */
        AS_GO_READS,
        /** No control character is left as it is. */
        ALWAYS_JSON
    }

    private BodyText() {}

    static void write(BodyWriter body, Escaping escaping, ByteBuf out) {
        ByteBufUtil.writeAscii(out, ",\"body\":\"");
        int start = out.writerIndex();
        body.writeTo(out);
        Census census = new Census();
        out.forEachByte(start, out.writerIndex() - start, census);
        if (census.isGoEnough(escaping)) {
            spread(out, start, 0, census.quotes, false);
        } else {
            // The space in front of the opening quote says that this is JSON.
            spread(out, start, 1, census.jsonEscapes(), true);
            out.setByte(start - 1, ' ').setByte(start, '"');
        }
        out.writeByte('"');
    }

    /** Moves the body back by a shift and by as many bytes as its escapes need; from its end, so that nothing is overwritten before it was moved. */
    private static void spread(ByteBuf out, int start, int shift, long escapes, boolean json) {
        int length = out.writerIndex() - start;
        int newLength = Math.toIntExact(length + shift + escapes);
        out.ensureWritable(newLength - length);
        out.writerIndex(start + newLength);
        ByteBuffer text = out.nioBuffer(start, newLength);
        int from = length;
        int to = newLength;
        while (from > 0 && from != to) {
            byte b = text.get(--from);
            if (b == '"' || (json && isEscapedInJson(b))) {
                to = escapeBackwards(b, text, to);
            } else {
                text.put(--to, b);
            }
        }
        if (out.nioBufferCount() != 1) {
            // It was a copy.
            out.setBytes(start, text);
        }
    }

    private static int escapeBackwards(byte b, ByteBuffer text, int end) {
        int letter = Escapes.letterOf(b);
        if (letter != Escapes.NONE) {
            text.put(end - 1, (byte) letter).put(end - 2, (byte) '\\');
            return end - 2;
        }
        text.put(end - 1, HEX[b & 0xf]).put(end - 2, HEX[b >> 4]);
        text.put(end - 3, (byte) '0').put(end - 4, (byte) '0');
        text.put(end - 5, (byte) 'u').put(end - 6, (byte) '\\');
        return end - UNICODE_ESCAPE;
    }

    private static boolean isEscapedInJson(byte b) {
        return (b >= 0 && b < ' ') || b == '"' || b == '\\';
    }

    /** Counts what decides how a body can be written. */
    private static final class Census implements ByteProcessor {

        private int quotes;

        private int backslashes;

        private int letterControls;

        private int otherControls;

        @Override
        public boolean process(byte b) {
            if (isEscapedInJson(b)) {
                count(b);
            }
            return true;
        }

        private void count(byte b) {
            if (b == '"') {
                quotes++;
            } else if (b == '\\') {
                backslashes++;
            } else if (Escapes.letterOf(b) != Escapes.NONE) {
                letterControls++;
            } else {
                otherControls++;
            }
        }

        /** Whether Go reads the body right with nothing escaped but quotes. Where it must unescape, it stops at a control character. */
        boolean isGoEnough(Escaping escaping) {
            boolean controls = letterControls > 0 || otherControls > 0;
            return backslashes == 0 && !(controls && (quotes > 0 || escaping == Escaping.ALWAYS_JSON));
        }

        long jsonEscapes() {
            return (long) quotes + backslashes + letterControls + (UNICODE_ESCAPE - 1L) * otherControls;
        }
    }
}
