package io.teleport.codec;

import io.netty.buffer.ByteBuf;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into body bytes and back. Implementations are thread-safe.
 *
 * <p>The id travels in every message, so both sides must use the same one: {@code j} json, {@code p} protobuf, {@code s} plain,
 * {@code f} form, {@code x} xml, {@code t} thrift are Teleport's own.
 */
public interface BodyCodec {

    /** Id on the wire, 1 to 255. */
    int id();

    /** Name in configuration, lower case. */
    String name();

    /**
     * Appends the encoded value.
     *
     * @throws CodecException if the value cannot be encoded; what was appended is discarded by the caller
     */
    void encode(Object value, ByteBuf out);

    /**
     * Reads one value from all readable bytes of {@code in}, of which there is at least one.
     *
     * @param type wanted type, a class or a parameterized type
     * @return the value; null only where the encoding has a null
     * @throws CodecException if the bytes are not such a value; its message is sent to the other side
     */
    @Nullable
    Object decode(ByteBuf in, Type type);

    /**
     * The value that no bytes at all stand for, where a body of this type is expected. Null by default; an encoding in which a value may take
     * up no bytes gives that value.
     */
    default @Nullable Object decodeEmpty(Type type) {
        return null;
    }

    /**
     * What a handler gets for an empty body: Go hands out the zero value there, so ours is 0, false, empty text or an empty array, and null
     * for what has no such value.
     */
    default @Nullable Object zero(Type type) {
        return ZeroValues.of(type);
    }
}
