package io.teleport.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.filter.TransferFilter;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compression in which a long file name takes room, so that what it makes is long, and compresses again to almost nothing. */
final class PaddedGzip implements TransferFilter {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, (byte) 255};

    private final int padding;

    PaddedGzip(int padding) {
        this.padding = padding;
    }

    @Override
    public int id() {
        return 'g';
    }

    @Override
    public String name() {
        return "padded";
    }

    @Override
    public void encode(ByteBuf in, ByteBuf out) {
        byte[] content = ByteBufUtil.getBytes(in);
        out.writeBytes(HEADER);
        byte[] fileName = new byte[padding + 1];
        Arrays.fill(fileName, 0, padding, (byte) 'a');
        out.writeBytes(fileName);
        byte[] compressed = new byte[content.length + 1024];
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        out.writeBytes(compressed, 0, deflater.deflate(compressed));
        deflater.end();
        CRC32 checksum = new CRC32();
        checksum.update(content);
        out.writeIntLE((int) checksum.getValue());
        out.writeIntLE(content.length);
    }

    @Override
    public void decode(ByteBuf in, ByteBuf out, int limit) {
        throw new UnsupportedOperationException("for attacks only");
    }
}
