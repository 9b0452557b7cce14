package io.teleport.filter.gzip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.teleport.filter.FilterException;
import io.teleport.filter.TransferFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compression by gzip. Several gzip members are read as one stream and anything else behind the first is refused, as Go does;
 * no bytes at all are passed through.
 *
 * <p>What a frame expands to is capped by the message limit, and memory grows only with what was really expanded.
 */
public final class GzipFilter implements TransferFilter {

    private final int id;

    private final String name;

    private final int level;

    /** Named {@code gzip}, with the default compression level. */
    public GzipFilter(int id) {
        this(id, "gzip", Deflater.DEFAULT_COMPRESSION);
    }

    /**
     * @param id the id both sides agreed upon, customarily {@code 'g'}
     * @param name name in code and configuration
     * @param level 0 (store) to 9 (smallest), or -1 for the library's default
     */
    public GzipFilter(int id, String name, int level) {
        if (level < -1 || level > 9) {
            throw new IllegalArgumentException("gzip level " + level + " (expected -1 to 9)");
        }
        this.id = id;
        this.name = name;
        this.level = level;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String contentCoding() {
        return "gzip";
    }

    @Override
    public void encode(ByteBuf in, ByteBuf out) {
        try (OutputStream gzip = new LevelledGzip(new ByteBufOutputStream(out), level)) {
            in.getBytes(in.readerIndex(), gzip, in.readableBytes());
        } catch (IOException e) {
            throw new FilterException("gzip: " + e.getMessage(), e);
        }
    }

    @Override
    public void decode(ByteBuf in, ByteBuf out, int limit) {
        new Gunzip(in, out, limit, name).run();
    }

    private static final class LevelledGzip extends GZIPOutputStream {

        LevelledGzip(OutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }
}
