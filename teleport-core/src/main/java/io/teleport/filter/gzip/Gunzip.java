package io.teleport.filter.gzip;

import io.netty.buffer.ByteBuf;
import io.teleport.filter.FilterException;
import io.teleport.filter.FilterLimitException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands gzip members (RFC 1952), as many as there are, until the input ends. Unlike the JDK's stream, it refuses what follows the last
 * member, and a later member that is cut short, as Go does. Used once.
 */
final class Gunzip {

    private static final int CHUNK = 8 * 1024;

    private static final int TRAILER = 8;

    private final ByteBuffer in;

    private final ByteBuf out;

    private final int outStart;

    private final int limit;

    private final String filterName;

    private final Inflater inflater = new Inflater(true);

    private final CRC32 checksum = new CRC32();

    /**
     * @param in what to expand; read by its own index, so the buffer's stays where it is
     * @param limit bytes that may be appended to {@code out} at the most
     */
    Gunzip(ByteBuf in, ByteBuf out, int limit, String filterName) {
        this.in = in.nioBuffer().order(ByteOrder.LITTLE_ENDIAN);
        this.out = out;
        this.outStart = out.writerIndex();
        this.limit = limit;
        this.filterName = filterName;
    }

    void run() {
        try {
            while (in.hasRemaining()) {
                GzipHeader.skip(in);
                member();
            }
        } catch (DataFormatException e) {
            throw new FilterException("gzip: corrupt data: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private void member() throws DataFormatException {
        inflater.reset();
        inflater.setInput(in);
        checksum.reset();
        while (!inflater.finished()) {
            if (inflateSome() == 0 && !inflater.finished()) {
                throw new FilterException("gzip: stream ends inside its compressed data");
            }
        }
        trailer();
    }

    private int inflateSome() throws DataFormatException {
        // One byte more than allowed is enough to know that there is too much.
        int room = (int) Math.min(CHUNK, (long) limit + 1 - written());
        out.ensureWritable(room);
        ByteBuffer part = out.nioBuffer(out.writerIndex(), room);
        int produced = inflater.inflate(part);
        checksum.update(part.flip());
        out.writerIndex(out.writerIndex() + produced);
        if (written() > limit) {
            throw new FilterLimitException(filterName, limit);
        }
        return produced;
    }

    private int written() {
        return out.writerIndex() - outStart;
    }

    private void trailer() {
        if (in.remaining() < TRAILER) {
            throw new FilterException("gzip: stream ends inside its checksum");
        }
        int announcedChecksum = in.getInt();
        int announcedLength = in.getInt();
        if (announcedChecksum != (int) checksum.getValue()) {
            throw new FilterException("gzip: invalid checksum");
        }
        if (announcedLength != (int) inflater.getBytesWritten()) {
            throw new FilterException("gzip: stream announces " + Integer.toUnsignedString(announcedLength)
                    + " bytes but expands to " + inflater.getBytesWritten());
        }
    }
}
