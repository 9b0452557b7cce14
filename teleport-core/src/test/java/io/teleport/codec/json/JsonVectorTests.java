package io.teleport.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import io.teleport.codec.GoValues;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The json cases of codec.json: what Go writes is read as it was meant, and what Go reads or refuses is read or refused. */
@NeedsWireVectors
class JsonVectorTests {

    private final BodyCodec codec = new JsonBodyCodec();

    record Small(int a, String b) {}

    static List<VectorCase> written() {
        return cases("marshal").stream()
                .filter(vector -> vector.get("error").isNull())
                .toList();
    }

    static List<VectorCase> read() {
        return cases("unmarshal").stream()
                // Java has no variable to be filled that is not there, or cannot be filled.
                .filter(vector -> !vector.string("target").matches("null|not a pointer: .*"))
                .toList();
    }

    private static List<VectorCase> cases(String op) {
        return WireVectors.cases("codec").stream()
                .filter(vector -> vector.string("codec").equals("json"))
                .filter(vector -> vector.string("op").equals(op))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void whatGoWritesIsReadAsItWasMeant(VectorCase vector) throws Throwable {
        KnownDifferences.compare(vector, () -> {
            Object expected = GoValues.value(vector.get("value"));
            if (expected instanceof String text) {
                // Bytes that are no UTF-8 do not survive JSON; Go writes U+FFFD for each.
                expected = text.replaceAll("[\\x{dc80}-\\x{dcff}]", "\ufffd");
            }
            Type type = expected == null || expected instanceof Map || expected instanceof List
                    ? Object.class
                    : expected.getClass();
            assertSameTree(decode(vector, "output_hex", type), expected);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("read")
    void whatGoReadsOrRefusesIsReadOrRefused(VectorCase vector) throws Throwable {
        Type type = target(vector.string("target"));
        KnownDifferences.compare(vector, () -> {
            if (!vector.get("error").isNull()) {
                assertThatThrownBy(() -> codec.decode(bytes(vector, "input_hex"), type))
                        .isInstanceOf(CodecException.class);
                return;
            }
            Object expected = GoValues.value(vector.get("result"));
            Object actual = decode(vector, "input_hex", type);
            assertSameTree(actual instanceof Small small ? Map.of("a", small.a(), "b", small.b()) : actual, expected);
        });
    }

    private static ByteBuf bytes(VectorCase vector, String field) {
        return Unpooled.wrappedBuffer(WireVectors.bytes(vector.get(field)));
    }

    private Object decode(VectorCase vector, String field, Type type) {
        try {
            return codec.decode(bytes(vector, field), type);
        } catch (CodecException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
    }

    private static Type target(String go) {
        return switch (go) {
            case "struct Small" -> Small.class;
            case "any" -> Object.class;
            case "int" -> int.class;
            case "int8" -> byte.class;
            case "string" -> String.class;
            case "bytes" -> byte[].class;
            default -> throw new AssertionError("unknown target " + go);
        };
    }

    /** Numbers by value, bytes as base64 where nothing says that they are bytes, keys as text, and what Go left out as zero. */
    private static void assertSameTree(Object actual, Object expected) {
        if (expected instanceof Map<?, ?> map) {
            assertThat(actual).isInstanceOf(Map.class);
            assertSameFields((Map<?, ?>) actual, map);
        } else if (expected instanceof List<?> list) {
            assertThat(actual).isInstanceOf(List.class);
            assertSameItems((List<?>) actual, list);
        } else if (expected instanceof Number && actual instanceof Number) {
            assertThat(new BigDecimal(actual.toString())).isEqualByComparingTo(new BigDecimal(expected.toString()));
        } else if (expected instanceof byte[] bytes && actual instanceof String text) {
            assertThat(Base64.getDecoder().decode(text)).isEqualTo(bytes);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static void assertSameFields(Map<?, ?> actual, Map<?, ?> expected) {
        Set<Object> unexpected = new HashSet<>(actual.keySet());
        expected.forEach((key, value) -> {
            String name = String.valueOf(key);
            unexpected.remove(name);
            if (actual.containsKey(name)) {
                assertSameTree(actual.get(name), value);
            } else {
                assertThat(value).as("left out: %s", name).isIn(null, "", 0);
            }
        });
        assertThat(unexpected).isEmpty();
    }

    private static void assertSameItems(List<?> actual, List<?> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertSameTree(actual.get(i), expected.get(i));
        }
    }
}
