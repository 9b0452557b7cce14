package io.teleport.codec;

import io.netty.buffer.ByteBuf;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/**
 * Changes the bytes of one message's body between codec and protocol: after the codec when writing, before it when reading. Unlike a transfer filter
 * it is not named in the message; metadata, or an agreement, tells the other side to undo it.
 */
@FunctionalInterface
public interface BodyTransform {

    /**
     * Appends what the body becomes. Called once for each attempt to pack or decode the message, on the thread that encodes or decodes it.
     *
     * @param in the whole body; not kept, not released
     * @param limit bytes to append at the most. A result that is longer is refused anyway, so this matters to those whose result may be much longer
     *     than what they are given
     * @throws io.teleport.message.StatusException to refuse the message with that status
     * @throws CodecException if the body cannot be written or is not what it should be; reported as if the codec had said so
     */
    void transform(ByteBuf in, ByteBuf out, int limit);

    /** What is reported when the codec refuses the body before (writing) or after (reading) this change; null for the usual. */
    default @Nullable Status codecRefused(CodecException refusal) {
        return null;
    }

    /** This change, and then the other. */
    default BodyTransform andThen(BodyTransform next) {
        return new TransformChain(this, next);
    }
}
