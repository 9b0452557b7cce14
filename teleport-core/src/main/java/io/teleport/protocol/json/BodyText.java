package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ByteProcessor;
import io.teleport.message.BodyWriter;
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
        int from = out.writerIndex();
        int to = Math.toIntExact(from + shift + escapes);
        out.ensureWritable(to - from);
        out.writerIndex(to);
        while (from > start && from != to) {
            byte b = out.getByte(--from);
            if (b == '"' || (json && isEscapedInJson(b))) {
                to = escapeBackwards(b, out, to);
            } else {
                out.setByte(--to, b);
            }
        }
    }

    private static int escapeBackwards(byte b, ByteBuf out, int end) {
        int letter = Escapes.letterOf(b);
        if (letter != Escapes.NONE) {
            out.setByte(end - 1, letter).setByte(end - 2, '\\');
            return end - 2;
        }
        out.setByte(end - 1, HEX[b & 0xf]).setByte(end - 2, HEX[b >> 4]);
        out.setByte(end - 3, '0').setByte(end - 4, '0');
        out.setByte(end - 5, 'u').setByte(end - 6, '\\');
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
