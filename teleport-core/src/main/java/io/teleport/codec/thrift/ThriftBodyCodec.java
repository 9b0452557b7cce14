package io.teleport.codec.thrift;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.ByteBufUtil;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import io.teleport.codec.ThriftStructs;
import java.lang.reflect.Type;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.transport.TIOStreamTransport;
import org.jspecify.annotations.Nullable;

/**
 * Structs, unions and exceptions that the Thrift compiler generated, in Thrift's binary encoding ({@code codec.json}). A struct without fields is
 * one zero byte. Unknown fields are dropped and what stands behind the struct is ignored, as libthrift and Go do. No bytes at all are null to a
 * caller and a struct without fields to a handler. Structs, lists, sets and maps may be nested {@value ThriftStructs#MAX_DEPTH} deep, both ways.
 */
public final class ThriftBodyCodec implements BodyCodec {

    @Override
    public int id() {
        return 't';
    }

    @Override
    public String name() {
        return "thrift";
    }

    @Override
    public void encode(Object value, ByteBuf out) {
        if (!(value instanceof TSerializable struct)) {
            throw notAStruct("encode", value.getClass());
        }
        try {
            struct.write(new StructWriter(new TIOStreamTransport(new ByteBufOutputStream(out))));
        } catch (TProtocolException e) {
            throw new CodecException(
                    e.getType() == TProtocolException.DEPTH_LIMIT
                            ? "thrift: struct is nested deeper than " + ThriftStructs.MAX_DEPTH
                            : "thrift: struct cannot be written (does it lack a required field?)",
                    e);
        } catch (TException e) {
            throw new CodecException("thrift: struct cannot be written", e);
        }
    }

    @Override
    public Object decode(ByteBuf in, Type type) {
        TSerializable struct = GeneratedStructs.make(type);
        if (struct == null) {
            throw notAStruct("decode into", type);
        }
        byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), ThriftStructs.length(in));
        try {
            struct.read(new StructReader(bytes));
            return struct;
        } catch (TException e) {
            throw new CodecException(
                    "thrift: struct is not accepted (does it lack a required field, or have one of another type?)", e);
        }
    }

    @Override
    public @Nullable Object zero(Type type) {
        Object scalar = BodyCodec.super.zero(type);
        return scalar != null ? scalar : GeneratedStructs.make(type);
    }

    private static CodecException notAStruct(String verb, Type type) {
        return new CodecException(
                "thrift: cannot " + verb + " this value (expected a generated struct or bytes)",
                new IllegalArgumentException("Not a generated struct: " + type.getTypeName()));
    }
}
