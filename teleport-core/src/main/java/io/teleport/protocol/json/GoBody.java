package io.teleport.protocol.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ByteProcessor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds and reads a body as Go writes it, which is no JSON string: only quotes are escaped, so that a backslash in front of anything else stands for
 * itself, even in front of the closing quote. What follows the body says where it ends.
 */
final class GoBody {

    static final int NONE = -1;

    private static final byte[] PIPE = "\",\"xferPipe\":[".getBytes(StandardCharsets.US_ASCII);

    private GoBody() {}

    /**
     * Looks whether a body is written as Go writes it.
     *
     * @param in from the body's opening quote to the end of the object
     * @param pipeBehind whether the list of filters follows the body, and not the end of the object
     * @return index of the closing quote, or {@link #NONE}
     */
    static int closingQuote(ByteBuf in, boolean pipeBehind) {
        int end = in.writerIndex() - 1;
        int close = pipeBehind ? quoteBeforePipe(in, end) : end - 1;
        int first = in.readerIndex() + 1;
        boolean framed =
                close >= first && in.getByte(first - 1) == '"' && in.getByte(close) == '"' && in.getByte(end) == '}';
        return framed && in.forEachByte(first, close - first, new BareQuote()) < 0 ? close : NONE;
    }

    private static int quoteBeforePipe(ByteBuf in, int end) {
        int i = end - 1;
        if (i < in.readerIndex() || in.getByte(i) != ']') {
            return NONE;
        }
        do {
            i--;
        } while (i > in.readerIndex() && isInList(in.getByte(i)));
        int quote = i + 1 - PIPE.length;
        return quote > in.readerIndex() && isPipe(in, quote) ? quote : NONE;
    }

    private static boolean isInList(byte b) {
        return (b >= '0' && b <= '9') || b == ',';
    }

    private static boolean isPipe(ByteBuf in, int at) {
        for (int i = 0; i < PIPE.length; i++) {
            if (in.getByte(at + i) != PIPE[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads such a body and its closing quote.
     *
     * @return the body, owned by the caller
     */
    static ByteBuf read(ByteBuf in, int close, ByteBufAllocator allocator) {
        int from = in.readerIndex() + 1;
        int length = close - from;
        in.readerIndex(close + 1);
        if (in.indexOf(from, close, (byte) '"') < 0) {
            return in.retainedSlice(from, length);
        }
        ByteBuf body = allocator.buffer(length);
        ByteBuffer to = body.nioBuffer(0, length);
        unescapeQuotes(in.nioBuffer(from, length), to);
        return body.writerIndex(to.position());
    }

    private static void unescapeQuotes(ByteBuffer from, ByteBuffer to) {
        int length = from.limit();
        for (int i = 0; i < length; i++) {
            byte b = from.get(i);
            if (b != '\\' || i + 1 == length || from.get(i + 1) != '"') {
                to.put(b);
            }
        }
    }

    /** Stops at a quote without a backslash in front. */
    private static final class BareQuote implements ByteProcessor {

        private byte last;

        @Override
        public boolean process(byte b) {
            boolean bare = b == '"' && last != '\\';
            last = b;
            return !bare;
        }
    }
}
