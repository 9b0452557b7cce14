package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import io.teleport.protocol.ProtocolConnection;
import org.jspecify.annotations.Nullable;

/** A protocol's way to its own socket, which is made after the protocol's codec. Thread-safe. */
final class ChannelConnection implements ProtocolConnection {

    private volatile @Nullable GuardedSocket socket;

    private volatile @Nullable Runnable readOn;

    /**
     * Before the first byte is read.
     *
     * @param reading has what was left undecoded decoded; called on the event loop
     */
    void attach(GuardedSocket opened, Runnable reading) {
        readOn = reading;
        socket = opened;
    }

    @Override
    public void send(ByteBuf bytes) {
        GuardedSocket current = socket;
        if (current == null) {
            bytes.release();
        } else {
            current.send(bytes);
        }
    }

    @Override
    public void readOn() {
        GuardedSocket current = socket;
        Runnable reading = readOn;
        if (current != null && reading != null) {
            current.runOnLoop(reading);
        }
    }

    @Override
    public void end(String detail) {
        GuardedSocket current = socket;
        if (current != null) {
            current.finish(CloseReason.REMOTE, detail, new byte[0]);
        }
    }
}
