package io.teleport.protocol;

import io.netty.buffer.ByteBuf;

/** Stands for a connection where there is none. */
final class NoConnection implements ProtocolConnection {

    @Override
    public void send(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void readOn() {
        // Nothing was read from anywhere.
    }

    @Override
    public void end(String detail) {
        // Nothing to close.
    }
}
