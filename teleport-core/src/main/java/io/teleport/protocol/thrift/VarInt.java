package io.teleport.protocol.thrift;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.ProtocolException;

/** Numbers of the header block: seven bits a byte, low part first. */
final class VarInt {

    private static final int MAX_BYTES = 5;

    private VarInt() {}

    /** Reads a number from 0 to 2^31-1. */
    static int read(ByteBuf in, String name) {
        long value = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            if (!in.isReadable()) {
                throw new ProtocolException("thrift: header block ends inside the " + name);
            }
            byte b = in.readByte();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                return checked(value, name);
            }
        }
        throw new ProtocolException("thrift: the " + name + " is a number of more than " + MAX_BYTES + " bytes");
    }

    private static int checked(long value, String name) {
        if (value > Integer.MAX_VALUE) {
            throw new ProtocolException("thrift: the " + name + " is " + value + " (at most 2147483647)");
        }
        return (int) value;
    }

    static void write(int value, ByteBuf out) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
