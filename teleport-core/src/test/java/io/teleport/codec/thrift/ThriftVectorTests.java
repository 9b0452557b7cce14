package io.teleport.codec.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.BodyCodecVectorContract;
import io.teleport.codec.CodecException;
import io.teleport.codec.GoValues;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.lang.reflect.Type;
import tools.jackson.databind.JsonNode;

/** The thrift cases of codec.json. */
class ThriftVectorTests extends BodyCodecVectorContract {

    ThriftVectorTests() {
        super(new ThriftBodyCodec());
    }

    @Override
    protected void compareReading(VectorCase vector) {
        ByteBuf in = Unpooled.wrappedBuffer(WireVectors.bytes(vector.get("input_hex")));
        Type target = target(vector.string("target"));
        if (!vector.get("error").isNull()) {
            assertThatThrownBy(() -> bodies.read(in, codec.id(), target)).isInstanceOf(CodecException.class);
            return;
        }
        Object read = bodies.read(in, codec.id(), target);
        assertThat(read).isEqualTo(vector.has("result") ? value(vector.get("result")) : null);
    }

    @Override
    protected Object value(JsonNode described) {
        return switch (described.required("type").asString()) {
            case "pointer" -> value(described.required("to"));
            case "thrift struct" -> new DescribedStruct(described.required("thrift_fields"));
            case "struct" -> struct(described);
            default -> GoValues.value(described);
        };
    }

    private static Object struct(JsonNode described) {
        return switch (described.required("name").asString()) {
            case "Test" -> new Author(described.at("/fields/0/value/value").asString());
            case "empty struct" -> new DescribedStruct(described.required("fields"));
            // In Go a struct that the Thrift compiler did not make.
            case "ThriftEmpty" -> new Object();
            default -> throw new AssertionError("unknown struct " + described);
        };
    }

    private static Type target(String go) {
        return switch (go) {
            case "struct Test" -> Author.class;
            case "string" -> String.class;
            case "null" -> void.class;
            default -> throw new AssertionError("unknown target " + go);
        };
    }
}
