package io.teleport.plugin.secure;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.codec.CodecException;
import java.nio.charset.StandardCharsets;

/** The envelope as a Protobuf message of two texts, 1 and 2; by hand, so that it needs no library. */
final class ProtobufEnvelope {

    private static final int VERSION = 1;

    private static final int CIPHERTEXT = 2;

    private static final int VARINT = 0;

    private static final int FIXED_64 = 1;

    private static final int BYTES = 2;

    private static final int FIXED_32 = 5;

    private ProtobufEnvelope() {}

    static void write(Envelope envelope, ByteBuf out) {
        writeText(VERSION, envelope.version(), out);
        writeText(CIPHERTEXT, envelope.ciphertext(), out);
    }

    private static void writeText(int field, String text, ByteBuf out) {
        if (text.isEmpty()) {
            return;
        }
        out.writeByte((field << 3) | BYTES);
        int length = ByteBufUtil.utf8Bytes(text);
        int rest = length;
        while (rest > 0x7f) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
        ByteBufUtil.reserveAndWriteUtf8(out, text, length);
    }

    static Envelope read(ByteBuf body) {
        ByteBuf in = body.duplicate();
        String version = "";
        String ciphertext = "";
        try {
            while (in.isReadable()) {
                long tag = readVarint(in);
                if (tag == ((VERSION << 3) | BYTES)) {
                    version = readText(in);
                } else if (tag == ((CIPHERTEXT << 3) | BYTES)) {
                    ciphertext = readText(in);
                } else {
                    skip(tag, in);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new CodecException("protobuf: the encrypted body ends inside a field", e);
        }
        return new Envelope(version, ciphertext);
    }

    private static void skip(long tag, ByteBuf in) {
        switch ((int) tag & 7) {
            case VARINT -> readVarint(in);
            case FIXED_64 -> in.skipBytes(Long.BYTES);
            case BYTES -> in.skipBytes(readLength(in));
            case FIXED_32 -> in.skipBytes(Integer.BYTES);
            default -> throw malformed();
        }
        if (tag >>> 3 == 0) {
            throw malformed();
        }
    }

    private static String readText(ByteBuf in) {
        return in.readCharSequence(readLength(in), StandardCharsets.UTF_8).toString();
    }

    private static int readLength(ByteBuf in) {
        long length = readVarint(in);
        if (length < 0 || length > in.readableBytes()) {
            throw malformed();
        }
        return (int) length;
    }

    private static long readVarint(ByteBuf in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte b = in.readByte();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed();
    }

    private static CodecException malformed() {
        return new CodecException("protobuf: this is no encrypted body");
    }
}
