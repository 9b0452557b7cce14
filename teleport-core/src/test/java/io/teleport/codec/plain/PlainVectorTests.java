package io.teleport.codec.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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

/** The plain cases of codec.json, by the way bodies take. */
@NeedsWireVectors
class PlainVectorTests {

    private final Bodies bodies = new Bodies(BodyCodecs.of(List.of(new PlainBodyCodec())));

    static List<VectorCase> cases() {
        return WireVectors.cases("codec").stream()
                .filter(vector -> vector.string("codec").equals("plain"))
                // Java has no variable to be filled that is not there, or cannot be filled; and no unsigned numbers.
                .filter(vector ->
                        !vector.has("target") || !vector.string("target").matches("null|not a pointer: .*|uint"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsRecorded(VectorCase vector) throws Throwable {
        KnownDifferences.compare(vector, () -> {
            boolean failure = !vector.get("error").isNull();
            if (vector.string("op").equals("marshal")) {
                compareEncoding(vector, failure);
            } else {
                compareDecoding(vector, failure);
            }
        });
    }

    private void compareEncoding(VectorCase vector, boolean failure) {
        Object value = GoValues.value(vector.get("value"));
        if (failure) {
            assertThatThrownBy(() -> encode(value)).isInstanceOf(CodecException.class);
        } else {
            assertThat(encode(value)).isEqualTo(WireVectors.bytes(vector.get("output_hex")));
        }
    }

    private void compareDecoding(VectorCase vector, boolean failure) {
        Type type = target(vector.string("target"));
        if (failure) {
            assertThatThrownBy(() -> decode(vector, type)).isInstanceOf(CodecException.class);
        } else {
            assertThat(decode(vector, type)).isEqualTo(GoValues.value(vector.get("result")));
        }
    }

    private byte[] encode(Object value) {
        ByteBuf out = Unpooled.buffer();
        bodies.writer(value, 's').writeTo(out);
        return ByteBufUtil.getBytes(out);
    }

    private Object decode(VectorCase vector, Type type) {
        try {
            return bodies.readArgument(Unpooled.wrappedBuffer(WireVectors.bytes(vector.get("input_hex"))), 's', type);
        } catch (CodecException e) {
            if (vector.get("error").isNull()) {
                throw new AssertionError("refused: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private static Type target(String go) {
        return switch (go) {
            case "string" -> String.class;
            case "bytes" -> byte[].class;
            case "int" -> int.class;
            case "int8" -> byte.class;
            case "bool" -> boolean.class;
            case "float64" -> double.class;
            case "list of int" -> List.class;
            case "struct Small" -> Thread.class;
            default -> throw new AssertionError("unknown target " + go);
        };
    }
}
