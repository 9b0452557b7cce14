package io.teleport.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.message.BodyWriter;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Bodies on their way to and from a codec. Bytes need none: a {@code byte[]} or {@link ByteBuf} is sent and received as it is, whatever codec
 * id goes with it, registered or not; and nothing is sent for null, as in Go.
 */
public final class Bodies {

    private final BodyCodecs codecs;

    public Bodies(BodyCodecs codecs) {
        this.codecs = codecs;
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
