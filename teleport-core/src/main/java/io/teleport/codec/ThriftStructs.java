package io.teleport.codec;

import io.netty.buffer.ByteBuf;

/**
 * Walks structs in Thrift's binary encoding without building anything of them, so that whoever builds them knows that all lengths and counts
 * are covered by bytes that are there. Takes no memory; the time follows the bytes, not what they announce.
 */
public final class ThriftStructs {

    /** Structs, lists, sets and maps that may lie inside each other, the outermost included. */
    public static final int MAX_DEPTH = 100;

    private static final int STOP = 0;

    private static final int LENGTH_FIELD = 4;

    private final ByteBuf in;

    private final int end;

    private int at;

    private ThriftStructs(ByteBuf in) {
        this.in = in;
        this.at = in.readerIndex();
        this.end = in.writerIndex();
    }

    /**
     * Measures the struct at the reader index.
     *
     * @param in not consumed; may hold more behind the struct
     * @return bytes of the struct, its stop byte included
     * @throws CodecException if there is no whole struct, it has a type that Thrift 0.17 does not know, or is nested deeper than
     *     {@value #MAX_DEPTH}
     */
    public static int length(ByteBuf in) {
        ThriftStructs walk = new ThriftStructs(in);
        walk.struct(1);
        return walk.at - in.readerIndex();
    }

    private void struct(int depth) {
        checkDepth(depth);
        for (int type = unsignedByte("a field"); type != STOP; type = unsignedByte("a field")) {
            skip(2, "the number of a field");
            value(type, depth);
        }
    }

    private void value(int type, int depth) {
        int size = fixedSize(type);
        if (size > 0) {
            skip(size, "a value");
            return;
        }
        switch (type) {
            case ThriftType.STRING -> skip(number("length of a text"), "a text");
            case ThriftType.STRUCT -> struct(depth + 1);
            case ThriftType.MAP -> map(depth + 1);
            case ThriftType.SET, ThriftType.LIST -> list(depth + 1);
            default -> throw unknown(type);
        }
    }

    private void list(int depth) {
        checkDepth(depth);
        int type = unsignedByte("type of a list");
        int count = number("size of a list");
        int size = fixedSize(type);
        if (size > 0) {
            skip((long) count * size, "a list");
            return;
        }
        require((long) count * smallest(type, count), "a list");
        for (int i = 0; i < count; i++) {
            value(type, depth);
        }
    }

    private void map(int depth) {
        checkDepth(depth);
        int keys = unsignedByte("type of a map");
        int values = unsignedByte("type of a map");
        int count = number("size of a map");
        require((long) count * (smallest(keys, count) + smallest(values, count)), "a map");
        for (int i = 0; i < count; i++) {
            value(keys, depth);
            value(values, depth);
        }
    }

    /** Bytes of every value of this type, 0 if they differ. */
    private static int fixedSize(int type) {
        return switch (type) {
            case ThriftType.BOOL, ThriftType.BYTE -> 1;
            case ThriftType.I16 -> 2;
            case ThriftType.I32 -> 4;
            case ThriftType.I64, ThriftType.DOUBLE -> 8;
            default -> 0;
        };
    }

    /** The fewest bytes a value can take. Go and Java write any type, even none, for what has no elements. */
    private static int smallest(int type, int count) {
        if (count == 0) {
            return 0;
        }
        int size = fixedSize(type);
        if (size > 0) {
            return size;
        }
        return switch (type) {
            case ThriftType.STRING -> LENGTH_FIELD;
            case ThriftType.STRUCT -> 1;
            case ThriftType.MAP -> 2 + LENGTH_FIELD;
            case ThriftType.SET, ThriftType.LIST -> 1 + LENGTH_FIELD;
            default -> throw unknown(type);
        };
    }

    private int unsignedByte(String what) {
        require(1, what);
        return in.getUnsignedByte(at++);
    }

    private int number(String what) {
        require(LENGTH_FIELD, what);
        int number = in.getInt(at);
        if (number < 0) {
            throw new CodecException("thrift: " + what + " is negative: " + number);
        }
        at += LENGTH_FIELD;
        return number;
    }

    private void skip(long bytes, String what) {
        require(bytes, what);
        at += (int) bytes;
    }

    private void require(long bytes, String what) {
        if (bytes > end - at) {
            throw new CodecException("thrift: struct ends inside " + what + ", which takes at least " + bytes
                    + " bytes; " + (end - at) + " are left");
        }
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new CodecException("thrift: struct is nested deeper than " + MAX_DEPTH);
        }
    }

    private static CodecException unknown(int type) {
        return new CodecException("thrift: struct holds a value of the unknown type " + type);
    }
}
