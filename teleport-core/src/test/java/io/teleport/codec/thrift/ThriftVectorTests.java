package io.teleport.codec.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.CodecException;
import io.teleport.codec.GoValues;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.lang.reflect.Type;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The thrift cases of codec.json. */
@NeedsWireVectors
class ThriftVectorTests {

    private final Bodies bodies = new Bodies(BodyCodecs.of(List.of(new ThriftBodyCodec())));

    static List<VectorCase> cases() {
        return WireVectors.cases("codec").stream()
                .filter(vector -> vector.string("codec").equals("thrift"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsRecorded(VectorCase vector) throws Throwable {
        KnownDifferences.compare(vector, () -> {
            if (vector.string("op").equals("marshal")) {
                compareWriting(vector);
            } else {
                compareReading(vector);
            }
        });
    }

    private void compareWriting(VectorCase vector) {
        Object value = value(vector.get("value"));
        ByteBuf out = Unpooled.buffer();
        if (vector.get("error").isNull()) {
            bodies.writer(value, 't').writeTo(out);
            assertThat(out).isEqualTo(Unpooled.wrappedBuffer(WireVectors.bytes(vector.get("output_hex"))));
        } else {
            assertThatThrownBy(() -> bodies.writer(value, 't').writeTo(out)).isInstanceOf(CodecException.class);
        }
    }

    private void compareReading(VectorCase vector) {
        ByteBuf in = Unpooled.wrappedBuffer(WireVectors.bytes(vector.get("input_hex")));
        Type target = target(vector.string("target"));
        if (!vector.get("error").isNull()) {
            assertThatThrownBy(() -> bodies.read(in, 't', target)).isInstanceOf(CodecException.class);
            return;
        }
        Object read = bodies.read(in, 't', target);
        assertThat(read).isEqualTo(vector.has("result") ? value(vector.get("result")) : null);
    }

    private static Object value(JsonNode described) {
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
