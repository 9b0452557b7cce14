package io.teleport.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.message.BodyWriter;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Bodies on their way to and from a codec. Bytes need none: a {@code byte[]} or {@link ByteBuf} is sent and received as it is, whatever codec
 * id goes with it, registered or not; and nothing is sent for null, as in Go.
 */
public final class Bodies {

    private final BodyCodecs codecs;

    private final int limit;

    /** Bodies without a limit of their own. */
    public Bodies(BodyCodecs codecs) {
        this(codecs, Integer.MAX_VALUE);
    }

    /** @param limit bytes that a body may have after a {@link BodyTransform}; codecs and protocols have their own limits */
    public Bodies(BodyCodecs codecs, int limit) {
        this.codecs = codecs;
        this.limit = limit;
    }

    /**
     * A writer for a body. A {@link ByteBuf} is copied when the message is packed; its reference count is left alone.
     *
     * @throws CodecException if an object is to be written and the codec id is not registered
     */
    public BodyWriter writer(@Nullable Object body, int codecId) {
        if (body == null) {
            return BodyWriter.EMPTY;
        }
        if (body instanceof byte[] bytes) {
            return out -> out.writeBytes(bytes);
        }
        if (body instanceof ByteBuf buffer) {
            return out -> out.writeBytes(buffer, buffer.readerIndex(), buffer.readableBytes());
        }
        BodyCodec codec = require(codecId);
        return out -> codec.encode(body, out);
    }

    /** As {@link #writer(Object, int)}, with what changes the encoded body on its way; that of null is empty. */
    public BodyWriter writer(@Nullable Object body, int codecId, @Nullable BodyTransform transform) {
        return transform == null ? writer(body, codecId) : out -> writeChanged(body, codecId, transform, out);
    }

    private void writeChanged(@Nullable Object body, int codecId, BodyTransform transform, ByteBuf out) {
        ByteBuf encoded = out.alloc().buffer();
        try {
            try {
                writer(body, codecId).writeTo(encoded);
            } catch (CodecException e) {
                throw refusal(e, transform);
            }
            int before = out.writerIndex();
            transform.transform(encoded, out, limit);
            requireWithin(limit, out.writerIndex() - before);
        } finally {
            encoded.release();
        }
    }

    /**
     * Changes a received body before it is read.
     *
     * @param body the bytes; not released
     * @return the changed bytes, to be released by the receiver
     * @throws CodecException if they exceed the limit, or the transform says so
     */
    public ByteBuf change(ByteBuf body, BodyTransform transform) {
        ByteBuf changed = body.alloc().buffer();
        try {
            transform.transform(body.duplicate(), changed, limit);
            requireWithin(limit, changed.readableBytes());
            return changed.retain();
        } finally {
            changed.release();
        }
    }

    /** What is thrown when the codec refused a body that is changed on its way. */
    public static RuntimeException refusal(CodecException refusal, @Nullable BodyTransform transform) {
        Status status = transform == null ? null : transform.codecRefused(refusal);
        return status == null ? refusal : StatusException.withoutStackTrace(status);
    }

    static void requireWithin(int limit, int bytes) {
        if (bytes > limit) {
            throw new CodecException("size of body exceeds limit: " + bytes + " bytes, limit " + limit);
        }
    }

    /**
     * Reads a whole body. An empty one is null, unless the {@link BodyCodec#decodeEmpty codec says otherwise}.
     *
     * @param body the bytes; not consumed, not released
     * @param type wanted type. {@code byte[]} is a copy; {@link ByteBuf} is a retained slice that the receiver must release;
     *     {@code void} and {@link Void} ignore the bytes
     * @throws CodecException if the codec is unknown or refuses the bytes
     */
    public @Nullable Object read(ByteBuf body, int codecId, Type type) {
        if (type == byte[].class) {
            return ByteBufUtil.getBytes(body);
        }
        if (type == ByteBuf.class) {
            return body.isReadable() ? body.retainedSlice() : Unpooled.EMPTY_BUFFER;
        }
        if (type == void.class || type == Void.class) {
            return null;
        }
        if (!body.isReadable()) {
            BodyCodec codec = codecs.byId(codecId);
            return codec == null ? null : codec.decodeEmpty(type);
        }
        return require(codecId).decode(body.duplicate(), type);
    }

    /** Reads a handler's argument: as {@link #read}, but an empty body gives the codec's {@link BodyCodec#zero zero value}. */
    public @Nullable Object readArgument(ByteBuf body, int codecId, Type type) {
        Object value = read(body, codecId, type);
        if (value != null) {
            return value;
        }
        BodyCodec codec = codecs.byId(codecId);
        return codec == null ? ZeroValues.of(type) : codec.zero(type);
    }

    /** Whether a codec with this id is registered. */
    public boolean knows(int codecId) {
        return codecs.byId(codecId) != null;
    }

    /** The registry behind this. */
    public BodyCodecs codecs() {
        return codecs;
    }

    private BodyCodec require(int codecId) {
        BodyCodec codec = codecs.byId(codecId);
        if (codec == null) {
            throw CodecException.unsupported(codecId);
        }
        return codec;
    }
}
