package io.teleport.protocol.json;

import io.netty.util.ByteProcessor;

/** Stops at the quote that ends a string. Used once for each string. */
final class StringEnd implements ByteProcessor {

    private boolean escaped;

    private boolean sawEscape;

    @Override
    public boolean process(byte b) {
        if (escaped) {
            escaped = false;
            return true;
        }
        if (b == '\\') {
            escaped = true;
            sawEscape = true;
        }
        return b != '"';
    }

    boolean sawEscape() {
        return sawEscape;
    }
}
