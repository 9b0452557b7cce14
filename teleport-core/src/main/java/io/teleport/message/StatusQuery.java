package io.teleport.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The query form of a status, the one on the wire. */
final class StatusQuery {

    private static final byte[] OK_QUERY = "code=0".getBytes(StandardCharsets.US_ASCII);

    private StatusQuery() {}

    static void write(Status status, ByteBuf out) {
        if (status.equals(Status.OK)) {
            out.writeBytes(OK_QUERY);
            return;
        }
        ByteBufUtil.writeAscii(out, "code=");
        ByteBufUtil.writeAscii(out, Integer.toString(status.code()));
        if (!status.msg().isEmpty()) {
            ByteBufUtil.writeAscii(out, "&msg=");
            QueryText.write(status.msg(), out);
        }
        String cause = status.cause();
        if (cause != null) {
            ByteBufUtil.writeAscii(out, "&cause=");
            QueryText.write(cause, out);
        }
    }

    static Status parse(ByteBuf in, int length) {
        if (length == 0) {
            return Status.OK;
        }
        if (isOkQuery(in, length)) {
            in.skipBytes(length);
            return Status.OK;
        }
        return parse(QueryText.read(in, length));
    }

    static Status parse(byte[] query) {
        String code = firstOf("code", query);
        String msg = firstOf("msg", query);
        return Status.of(code == null ? 0 : parseCode(code), msg == null ? "" : msg, firstOf("cause", query));
    }

    private static boolean isOkQuery(ByteBuf in, int length) {
        if (length != OK_QUERY.length || in.readableBytes() < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != OK_QUERY[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String firstOf(String key, byte[] query) {
        return new QueryPairs(query).nextValue(key);
    }

    /** Reads a code as Go does: an optional sign and decimal digits, anything else is 0; clamped to 32 bits. */
    private static int parseCode(String text) {
        boolean negative = text.startsWith("-");
        int i = negative || text.startsWith("+") ? 1 : 0;
        long number = 0;
        if (i == text.length()) {
            return 0;
        }
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            number = number * 10 + (c - '0');
            if (number > 0xFFFF_FFFFL) {
                break; // Go stops here too, without a look at what follows
            }
        }
        long signed = negative ? -number : number;
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, signed));
    }
}
