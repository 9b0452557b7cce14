package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/** A packed frame on its way out. Equal to itself only, whatever it holds. */
final class OutboundFrame {

    /** What a frame is to the queue. */
    enum Kind {
        /** Not a message, but something that the protocol says between messages. */
        CONTROL,
        /** A message whose sender waits for something: never dropped. */
        MESSAGE,
        /** A message that may be dropped if the policy says so. */
        PUSH
    }

    private final ByteBuf content;

    private final int size;

    private final Kind kind;

    private final @Nullable WriteListener listener;

    /** @param content taken over */
    OutboundFrame(ByteBuf content, Kind kind, @Nullable WriteListener listener) {
        this.content = content;
        this.size = content.readableBytes();
        this.kind = kind;
        this.listener = listener;
    }

    ByteBuf content() {
        return content;
    }

    int size() {
        return size;
    }

    boolean isMessage() {
        return kind != Kind.CONTROL;
    }

    boolean isPush() {
        return kind == Kind.PUSH;
    }

    /** Who wants to know that it was written. */
    @Nullable
    WriteListener writtenListener() {
        return listener != null && listener.awaitsWriting() ? listener : null;
    }

    /** Ends a frame that is not handed to the channel. */
    void discard(Status reason) {
        content.release();
        if (listener != null) {
            listener.unsent(reason);
        }
    }
}
