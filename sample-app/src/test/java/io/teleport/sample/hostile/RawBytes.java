package io.teleport.sample.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Frames of the raw protocol, made by hand; its layout is that of {@link io.teleport.protocol.raw.RawProtocol}. */
final class RawBytes {

    static final int CALL = 1;

    static final int JSON = 'j';

    static final int GZIP = 'g';

    private RawBytes() {}

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is behind the filters. */
    static byte[] content(String sequence, int type, byte[] route, byte[] metadata, int codec, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(sequence.length());
        out.writeBytes(text(sequence));
        out.write(type);
        out.write(route.length);
        out.writeBytes(route);
        out.write(0);
        out.write(0);
        out.write(metadata.length >> 8);
        out.write(metadata.length);
        out.writeBytes(metadata);
        out.write(codec);
        out.writeBytes(body);
        return out.toByteArray();
    }

    static byte[] frame(byte[] filters, byte[] content) {
        return ByteBuffer.allocate(5 + filters.length + content.length)
                .putInt(5 + filters.length + content.length)
                .put((byte) filters.length)
                .put(filters)
                .put(content)
                .array();
    }

    static byte[] call(String sequence, String route, String body) {
        return frame(new byte[0], content(sequence, CALL, text(route), new byte[0], JSON, text(body)));
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
