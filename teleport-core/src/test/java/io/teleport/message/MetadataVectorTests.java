package io.teleport.message;

import static io.teleport.testing.WireVectors.assertText;
import static io.teleport.testing.WireVectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@NeedsWireVectors
class MetadataVectorTests {

    static List<VectorCase> cases() {
        return WireVectors.cases("meta");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void behavesAsRecorded(VectorCase vector) throws Throwable {
        KnownDifferences.compare(vector, () -> {
            switch (vector.string("kind")) {
                case "encode" -> compareEncoding(vector);
                case "parse" -> compareParsing(vector);
                case "ops" -> compareOperations(vector);
                default -> throw new AssertionError("unknown kind " + vector.string("kind"));
            }
        });
    }

    private static void compareEncoding(VectorCase vector) {
        Metadata metadata = metadata(vector.get("pairs"));
        String query = text(vector.get("query"));

        assertEncodesTo(query, metadata);
        JsonNode parsedBack = vector.get(vector.has("parsed_back_differs") ? "parsed_back_differs" : "pairs");
        assertPairs(Metadata.parse(query), parsedBack);
    }

    private static void compareParsing(VectorCase vector) {
        String input = text(vector.get("input"));
        if (vector.has("panic")) {
            assertThatThrownBy(() -> Metadata.parse(input).size()).isInstanceOf(RuntimeException.class);
            return;
        }
        Metadata fromText = Metadata.parse(input);
        byte[] bytes = WireText.toBytes(input);
        ByteBuf in = Unpooled.wrappedBuffer(bytes, new byte[] {'!'});
        Metadata fromBytes = Metadata.parse(in, bytes.length);

        assertThat(in.readableBytes()).as("bytes left").isEqualTo(1);
        assertPairs(fromText, vector.get("pairs"));
        assertPairs(fromBytes, vector.get("pairs"));
        assertThat(fromBytes).isEqualTo(fromText);
        // Fresh ones, to see that metadata nobody looked at is written in canonical form too.
        assertEncodesTo(text(vector.get("query")), Metadata.parse(input));
    }

    private static void compareOperations(VectorCase vector) {
        Metadata.Builder builder = Metadata.builder();
        List<JsonNode> results = new ArrayList<>();
        if (vector.has("results")) {
            vector.get("results").forEach(results::add);
        }
        for (JsonNode operation : vector.get("ops")) {
            String key = operation.required(1).asString();
            switch (operation.required(0).asString()) {
                case "add" -> builder.add(key, text(operation.required(2)));
                case "set" -> builder.set(key, text(operation.required(2)));
                case "del" -> builder.remove(key);
                case "parse" -> builder = Metadata.parse(key).toBuilder();
                default -> assertResult(operation, builder.build(), results.remove(0));
            }
        }
        assertThat(results).as("results without an operation").isEmpty();
        assertPairs(builder.build(), vector.get("pairs"));
        assertEncodesTo(text(vector.get("query")), builder.build());
    }

    private static void assertResult(JsonNode operation, Metadata metadata, JsonNode recorded) {
        String name = operation.required(0).asString();
        String key = operation.required(1).asString();
        JsonNode expected = recorded.required("result");
        boolean failure = expected.isString() && expected.asString().startsWith("error:");

        assertThat(recorded.required("op").asString()).isEqualTo(name);
        assertThat(recorded.required("key").asString()).isEqualTo(key);
        switch (name) {
            case "peek" -> assertText(metadata.get(key), expected);
            case "peek_multi" ->
                assertThat(metadata.getAll(key))
                        .isEqualTo(expected.valueStream().map(WireVectors::text).toList());
            case "has" -> assertThat(metadata.contains(key)).isEqualTo(expected.asBoolean());
            case "len" -> assertThat(metadata.size()).isEqualTo(expected.asInt());
            case "get_bool" -> assertThat(metadata.getBoolean(key)).isEqualTo(expected.asBoolean());
            case "get_uint" -> {
                if (failure) {
                    assertThat(metadata.getUnsignedInt(key)).isEmpty();
                } else {
                    assertThat(metadata.getUnsignedInt(key)).hasValue(expected.asLong());
                }
            }
            case "get_ufloat" -> {
                if (failure) {
                    assertThat(metadata.getUnsignedFloat(key)).isEmpty();
                } else {
                    assertThat(metadata.getUnsignedFloat(key)).hasValue(expected.asDouble());
                }
            }
            default -> throw new AssertionError("unknown operation " + name);
        }
    }

    private static Metadata metadata(JsonNode pairs) {
        Metadata.Builder builder = Metadata.builder();
        for (JsonNode pair : pairs) {
            builder.add(text(pair.required(0)), text(pair.required(1)));
        }
        return builder.build();
    }

    private static void assertPairs(Metadata actual, JsonNode expected) {
        assertThat(actual.entries()).isEqualTo(metadata(expected).entries());
        assertThat(actual.size()).isEqualTo(expected.size());
    }

    private static void assertEncodesTo(String query, Metadata metadata) {
        ByteBuf out = Unpooled.buffer();
        metadata.writeQuery(out);

        assertThat(WireText.decode(out, out.readableBytes())).isEqualTo(query);
        assertThat(metadata.toQuery()).isEqualTo(query);
    }
}
