package io.teleport.protocol.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the end of one message in the bytes as they come, each of which it looks at once. Consumes nothing: all places are counted from the
 * first byte of the message. Confined to the event loop.
 */
final class MessageScan {

    private enum Part {
        HEAD,
        BODY,
        CHUNK_LINE,
        CHUNK,
        TRAILERS,
        WHOLE
    }

    private final int messageLimit;

    private Part part = Part.HEAD;

    /** Where the current line, or else the current part, begins. */
    private int begin;

    /** Up to where the current line was searched for its end. */
    private int seen;

    /** Where the body or the current chunk ends. */
    private int end;

    private int fields;

    private int bodyBegin;

    private int bodyLength;

    private boolean chunked;

    private @Nullable Head head;

    MessageScan(int messageLimit) {
        this.messageLimit = messageLimit;
    }

    boolean isUntouched() {
        return seen == 0;
    }

    /** The head of a whole message. */
    Head wholeHead() {
        return Objects.requireNonNull(head, "a whole message has a head");
    }

    /** The head, once it is there. */
    @Nullable
    Head head() {
        return part == Part.HEAD ? null : head;
    }

    /** Whether what has arrived belongs to no request. */
    boolean isResponse(ByteBuf in) {
        Head current = head;
        return current != null
                ? current.start().isResponse()
                : in.readableBytes() > 1 && in.getShort(in.readerIndex()) == ('H' << 8 | 'T');
    }

    /** Whether the head is there and nothing of the body that it announces. */
    boolean waitsForBody(ByteBuf in) {
        return part != Part.HEAD && part != Part.WHOLE && in.readableBytes() == bodyBegin;
    }

    /** Bytes of the whole message. */
    int size() {
        return begin;
    }

    /** Goes on with what is there now; true once the message is whole. */
    boolean isWhole(ByteBuf in) {
        while (part != Part.WHOLE) {
            boolean moved = switch (part) {
                case HEAD, TRAILERS -> headLine(in);
                case BODY -> body(in);
                case CHUNK_LINE -> chunkLine(in);
                case CHUNK -> chunk(in);
                case WHOLE -> true;
            };
            if (!moved) {
                return false;
            }
        }
        return true;
    }

    private boolean headLine(ByteBuf in) {
        String line = line(in, head == null ? HttpLimits.REQUEST_LINE : HttpLimits.HEAD, true);
        if (line == null) {
            return false;
        }
        Head current = head;
        if (current == null) {
            head = new Head(StartLine.parse(line));
        } else if (line.isEmpty()) {
            endOfHead(current);
        } else if (++fields > HttpLimits.FIELDS) {
            throw Refusal.HEADERS_TOO_LARGE.because("more than " + HttpLimits.FIELDS + " headers");
        } else if (part == Part.HEAD) {
            current.add(line);
        }
        return true;
    }

    private void endOfHead(Head current) {
        if (part == Part.TRAILERS) {
            part = Part.WHOLE;
            return;
        }
        current.check();
        bodyBegin = begin;
        if (current.isChunked()) {
            chunked = true;
            part = Part.CHUNK_LINE;
        } else {
            end = endOf(current.contentLength());
            bodyLength = end - begin;
            part = Part.BODY;
        }
    }

    private int endOf(long bytes) {
        long total = begin + bytes;
        if (total > messageLimit) {
            throw tooLarge(bytes >= Numbers.HUGE ? "a body beyond all measure" : "message of " + total + " bytes");
        }
        return (int) total;
    }

    private RuntimeException tooLarge(String what) {
        return Refusal.CONTENT_TOO_LARGE.because(what + " exceeds the message limit of " + messageLimit);
    }

    private boolean body(ByteBuf in) {
        if (in.readableBytes() < end) {
            return false;
        }
        begin = end;
        part = Part.WHOLE;
        return true;
    }

    private boolean chunkLine(ByteBuf in) {
        String line = line(in, HttpLimits.CHUNK_LINE, false);
        if (line == null) {
            return false;
        }
        long bytes = chunkSize(line);
        if (bytes == 0) {
            part = Part.TRAILERS;
        } else {
            end = endOf(bytes);
            bodyLength += (int) bytes;
            part = Part.CHUNK;
        }
        return true;
    }

    private static long chunkSize(String line) {
        int digits = 0;
        while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0 && line.charAt(digits) < 0x7f) {
            digits++;
        }
        String rest = line.substring(digits).stripLeading();
        if (digits == 0 || !(rest.isEmpty() || rest.startsWith(";"))) {
            throw Refusal.BAD_REQUEST.because(Refusal.quote(line) + " is no size of a chunk");
        }
        return Numbers.parse(line.substring(0, digits), 16);
    }

    private boolean chunk(ByteBuf in) {
        if (in.readableBytes() < end + 2) {
            return false;
        }
        if (in.getShort(in.readerIndex() + end) != ('\r' << 8 | '\n')) {
            throw Refusal.BAD_REQUEST.because("a chunk does not end where its size says");
        }
        begin = end + 2;
        seen = begin;
        part = Part.CHUNK_LINE;
        return true;
    }

    /** The next line without its end, as bytes in characters; null if it is not whole yet. */
    private @Nullable String line(ByteBuf in, int limit, boolean bareLineFeedEnds) {
        int start = in.readerIndex();
        int from = Math.max(seen, begin);
        int feed = in.indexOf(start + from, in.writerIndex(), (byte) '\n');
        int lineEnd = (feed < 0 ? in.writerIndex() : feed) - start;
        checkRoom(lineEnd + 1, limit);
        seen = lineEnd;
        if (head == null) {
            checkBeginning(in, lineEnd);
        }
        if (feed < 0) {
            return null;
        }
        boolean carriageReturn = lineEnd > begin && in.getByte(start + lineEnd - 1) == '\r';
        int length = lineEnd - begin - (carriageReturn ? 1 : 0);
        String line = in.toString(start + begin, length, StandardCharsets.ISO_8859_1);
        if (line.indexOf('\r') >= 0 || !(carriageReturn || bareLineFeedEnds)) {
            throw Refusal.BAD_REQUEST.because("a line does not end with CR LF");
        }
        begin = lineEnd + 1;
        seen = begin;
        return line;
    }

    private void checkRoom(int lineEnd, int limit) {
        int length = lineEnd - begin;
        if (part == Part.CHUNK_LINE && length > limit) {
            throw Refusal.BAD_REQUEST.because("the line of a chunk is longer than " + limit + " bytes");
        }
        if (head == null && length > limit) {
            throw Refusal.URI_TOO_LONG.because("the first line is longer than " + limit + " bytes");
        }
        if ((part == Part.HEAD ? lineEnd : length) > HttpLimits.HEAD) {
            throw Refusal.HEADERS_TOO_LARGE.because("headers are longer than " + HttpLimits.HEAD + " bytes");
        }
        if (lineEnd > messageLimit) {
            throw tooLarge("message of more than " + messageLimit + " bytes");
        }
    }

    /** What is no HTTP at all, TLS for instance, is not kept until it happens to hold a line feed. */
    private static void checkBeginning(ByteBuf in, int lineEnd) {
        for (int i = 0; i < Math.min(lineEnd, 32); i++) {
            int c = in.getByte(in.readerIndex() + i);
            if (c == ' ' || (c == '/' && i == 4)) {
                return;
            }
            if (!FieldNames.isTokenCharacter(c) && !(c == '\r' && i == lineEnd - 1)) {
                throw Refusal.BAD_REQUEST.because("what begins here is no request");
            }
        }
        if (lineEnd >= 32) {
            throw Refusal.BAD_REQUEST.because("what begins here is no request");
        }
    }

    /** The body of a whole message, owned by the caller. */
    ByteBuf takeBody(ByteBuf in, ByteBufAllocator allocator) {
        int start = in.readerIndex();
        if (bodyLength == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        if (!chunked) {
            return in.retainedSlice(start + bodyBegin, bodyLength);
        }
        ByteBuf body = allocator.buffer(bodyLength);
        int at = start + bodyBegin;
        while (body.readableBytes() < bodyLength) {
            int feed = in.indexOf(at, in.writerIndex(), (byte) '\n');
            int length = (int) chunkSize(in.toString(at, feed - 1 - at, StandardCharsets.ISO_8859_1));
            body.writeBytes(in, feed + 1, length);
            at = feed + 1 + length + 2;
        }
        return body;
    }
}
