package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A packed frame on its way out.
 *
 * @param message whether it is a message, and not something that the protocol says between messages
 */
record OutboundFrame(
        ByteBuf content,
        int size,
        boolean message,
        @Nullable WriteListener listener) {

    /** Who wants to know that it was written. */
    @Nullable
    WriteListener writtenListener() {
        return listener != null && listener.awaitsWriting() ? listener : null;
    }
}
