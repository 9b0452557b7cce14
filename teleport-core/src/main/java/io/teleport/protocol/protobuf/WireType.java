package io.teleport.protocol.protobuf;

/** What a tag says about the value behind it. */
final class WireType {

    static final int VARINT = 0;

    static final int EIGHT_BYTES = 1;

    static final int BYTES = 2;

    static final int GROUP_START = 3;

    static final int GROUP_END = 4;

    static final int FOUR_BYTES = 5;

    private WireType() {}
}
