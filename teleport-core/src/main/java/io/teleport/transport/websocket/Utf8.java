package io.teleport.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/** Whether bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF, nothing cut off. */
final class Utf8 implements ByteProcessor {

    /** Bytes of the character under way that are still to come. */
    private int left;

    /** What the next of them may be. */
    private int lowest;

    private int highest;

    private Utf8() {}

    static boolean isValid(ByteBuf bytes) {
        Utf8 check = new Utf8();
        return bytes.forEachByte(check) < 0 && check.left == 0;
    }

    @Override
    public boolean process(byte value) {
        int next = value & 0xff;
        if (left == 0) {
            return next < 0x80 || begin(next);
        }
        boolean fits = next >= lowest && next <= highest;
        expect(left - 1, 0x80, 0xbf);
        return fits;
    }

    private boolean begin(int first) {
        if (first >= 0xc2 && first <= 0xdf) {
            expect(1, 0x80, 0xbf);
        } else if (first >= 0xe0 && first <= 0xef) {
            expect(2, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
        } else if (first >= 0xf0 && first <= 0xf4) {
            expect(3, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
        } else {
            return false;
        }
        return true;
    }

    private void expect(int more, int from, int to) {
        left = more;
        lowest = from;
        highest = to;
    }
}
