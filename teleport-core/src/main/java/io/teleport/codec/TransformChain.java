package io.teleport.codec;

import io.netty.buffer.ByteBuf;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/** Two changes of a body, one after the other. */
record TransformChain(BodyTransform first, BodyTransform second) implements BodyTransform {

    @Override
    public void transform(ByteBuf in, ByteBuf out, int limit) {
        ByteBuf between = out.alloc().buffer();
        try {
            first.transform(in, between, limit);
            Bodies.requireWithin(limit, between.readableBytes());
            second.transform(between, out, limit);
        } finally {
            between.release();
        }
    }

    @Override
    public @Nullable Status codecRefused(CodecException refusal) {
        Status status = first.codecRefused(refusal);
        return status != null ? status : second.codecRefused(refusal);
    }
}
