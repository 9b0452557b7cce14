package io.teleport.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Guesses who sent the first bytes of a stream whose size field cannot be true. */
public final class ForeignStart {

    private static final int TLS_HANDSHAKE = 0x1603;

    private ForeignStart() {}

    /**
     * What to add to a text about the size.
     *
     * @param firstBytes the first four bytes, big-endian
     * @return begins with a blank; empty if they tell nothing
     */
    public static String hint(long firstBytes) {
        if (firstBytes >>> 16 == TLS_HANDSHAKE) {
            return " (it begins as TLS does)";
        }
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) firstBytes).array();
        for (byte next : bytes) {
            if (next < ' ' || next == 0x7f) {
                return "";
            }
        }
        return " (it begins with the text \"" + new String(bytes, StandardCharsets.US_ASCII) + "\")";
    }
}
