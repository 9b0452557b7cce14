package io.teleport.codec;

/** Numbers that Thrift's binary encoding has for types. */
final class ThriftType {

    static final int BOOL = 2;

    static final int BYTE = 3;

    static final int DOUBLE = 4;

    static final int I16 = 6;

    static final int I32 = 8;

    static final int I64 = 10;

    /** Text and bytes. */
    static final int STRING = 11;

    static final int STRUCT = 12;

    static final int MAP = 13;

    static final int SET = 14;

    static final int LIST = 15;

    private ThriftType() {}
}
