package io.teleport.protocol.protobuf;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Appends fields in Protobuf's wire format. As in proto3, zero and empty fields leave no trace. Field numbers are below 16. */
final class ProtobufWriter {

    /** A tag, and a length of up to 31 bits. */
    private static final int LONGEST_PREFIX = 1 + 5;

    private ProtobufWriter() {}

    static void number(int field, int value, ByteBuf out) {
        if (value != 0) {
            out.writeByte(field << 3 | WireType.VARINT);
            varint(value, out);
        }
    }

    /** Lets the content write itself where it will stand, but for the few bytes by which its length was not known. */
    static void bytes(int field, Consumer<ByteBuf> content, ByteBuf out) {
        int start = out.writerIndex();
        int written = start + LONGEST_PREFIX;
        out.writeZero(LONGEST_PREFIX);
        content.accept(out);
        int length = out.writerIndex() - written;
        out.writerIndex(start);
        if (length > 0) {
            out.writeByte(field << 3 | WireType.BYTES);
            varint(length, out);
            int place = out.writerIndex();
            out.setBytes(place, out, written, length);
            out.writerIndex(place + length);
        }
    }

    private static void varint(long value, ByteBuf out) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
