package io.teleport.filter.gzip;

import io.teleport.filter.FilterException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The header of a gzip member (RFC 1952, section 2.3). Nothing in it matters to us, but it must be one. */
final class GzipHeader {

    private static final int FIXED_LENGTH = 10;

    private static final int MAGIC = 0x8b1f;

    private static final int DEFLATE = 8;

    private static final int HAS_CHECKSUM = 2;

    private static final int HAS_EXTRA = 4;

    private static final int HAS_NAME = 8;

    private static final int HAS_COMMENT = 16;

    private GzipHeader() {}

    /**
     * Moves behind the header.
     *
     * @param in little-endian
     */
    static void skip(ByteBuffer in) {
        int start = in.position();
        if (in.remaining() >= 2 && Short.toUnsignedInt(in.getShort(start)) != MAGIC) {
            throw new FilterException(String.format(
                    "gzip: invalid header: found %02x %02x at byte %d (expected 1f 8b)",
                    in.get(start), in.get(start + 1), start));
        }
        require(in, FIXED_LENGTH);
        int method = in.get(start + 2);
        if (method != DEFLATE) {
            throw new FilterException(
                    "gzip: invalid header: compression method " + method + " (expected " + DEFLATE + ")");
        }
        int flags = in.get(start + 3);
        in.position(start + FIXED_LENGTH);
        if ((flags & HAS_EXTRA) != 0) {
            require(in, 2);
            int length = Short.toUnsignedInt(in.getShort());
            require(in, length);
            in.position(in.position() + length);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText(in);
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText(in);
        }
        if ((flags & HAS_CHECKSUM) != 0) {
            verifyChecksum(in, start);
        }
    }

    private static void skipText(ByteBuffer in) {
        do {
            require(in, 1);
        } while (in.get() != 0);
    }

    private static void verifyChecksum(ByteBuffer in, int start) {
        CRC32 checksum = new CRC32();
        checksum.update(in.duplicate().flip().position(start));
        require(in, 2);
        if (Short.toUnsignedInt(in.getShort()) != (checksum.getValue() & 0xffff)) {
            throw new FilterException("gzip: invalid header: its checksum does not match");
        }
    }

    private static void require(ByteBuffer in, int length) {
        if (in.remaining() < length) {
            throw new FilterException("gzip: stream ends inside its header");
        }
    }
}
