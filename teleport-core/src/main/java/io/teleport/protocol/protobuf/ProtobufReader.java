package io.teleport.protocol.protobuf;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.ProtocolException;

/** Steps from field to field of a message in Protobuf's wire format. */
final class ProtobufReader {

    private static final int MAX_DEPTH = 100;

    private static final int MAX_VARINT = 10;

    private final ByteBuf in;

    private int field;

    private int wireType;

    ProtobufReader(ByteBuf in) {
        this.in = in;
    }

    /** Moves to the next field; false at the end. */
    boolean next() {
        if (!in.isReadable()) {
            return false;
        }
        long tag = varint("tag of a field");
        if (tag < 1 << 3 || tag > 0xffff_ffffL) {
            throw new ProtocolException("protobuf: " + Long.toUnsignedString(tag) + " is not the tag of a field");
        }
        field = (int) (tag >>> 3);
        wireType = (int) tag & 7;
        return true;
    }

    int field() {
        return field;
    }

    /** Reads an int32. Both ways to write a negative one are taken, in ten bytes or in five. */
    int number(String name) {
        require(WireType.VARINT, name);
        long value = varint(name);
        if (value != (int) value && value >>> 32 != 0) {
            throw new ProtocolException("protobuf: " + name + " " + value + " does not fit 32 bits");
        }
        return (int) value;
    }

    /** Reads a number from 0 to 255. */
    int unsignedByte(String name) {
        int value = number(name);
        if (value < 0 || value > 255) {
            throw new ProtocolException("protobuf: " + name + " " + value + " is not a byte (0 to 255)");
        }
        return value;
    }

    /** Gives the number of bytes in the field, all of which are readable. */
    int length(String name) {
        require(WireType.BYTES, name);
        return available(varint("length of " + name), name);
    }

    void skip() {
        skip(0);
    }

    private void skip(int depth) {
        switch (wireType) {
            case WireType.VARINT -> varint(unknown());
            case WireType.EIGHT_BYTES -> in.skipBytes(available(8, unknown()));
            case WireType.BYTES -> in.skipBytes(length(unknown()));
            case WireType.GROUP_START -> skipGroup(depth + 1);
            case WireType.FOUR_BYTES -> in.skipBytes(available(4, unknown()));
            default ->
                throw new ProtocolException(
                        "protobuf: " + unknown() + " has the wire type " + wireType + ", which has no meaning here");
        }
    }

    private void skipGroup(int depth) {
        int group = field;
        if (depth > MAX_DEPTH) {
            throw new ProtocolException("protobuf: groups are nested deeper than " + MAX_DEPTH);
        }
        while (next()) {
            if (wireType == WireType.GROUP_END && field == group) {
                return;
            }
            skip(depth);
        }
        throw new ProtocolException("protobuf: message ends inside group " + group);
    }

    private String unknown() {
        return "unknown field " + field;
    }

    private void require(int expected, String name) {
        if (wireType != expected) {
            throw new ProtocolException(
                    "protobuf: " + name + " has the wire type " + wireType + " (expected " + expected + ")");
        }
    }

    private int available(long length, String name) {
        if (length < 0 || length > in.readableBytes()) {
            throw new ProtocolException("protobuf: message ends inside " + name + ", which takes "
                    + Long.toUnsignedString(length) + " bytes; " + in.readableBytes() + " are left");
        }
        return (int) length;
    }

    private long varint(String name) {
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            if (!in.isReadable()) {
                throw new ProtocolException("protobuf: message ends inside the number of " + name);
            }
            byte b = in.readByte();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        throw new ProtocolException("protobuf: number of " + name + " is longer than " + MAX_VARINT + " bytes");
    }
}
