package io.teleport.interop.peers;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import java.lang.reflect.Type;

/** Lets a client send bytes under an id that the other side does not know. */
final class OpaqueCodec implements BodyCodec {

    private final int id;

    OpaqueCodec(int id) {
        this.id = id;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return "opaque-" + id;
    }

    @Override
    public void encode(Object value, ByteBuf out) {
        throw new CodecException("opaque: bytes only");
    }

    @Override
    public Object decode(ByteBuf in, Type type) {
        throw new CodecException("opaque: bytes only");
    }
}
