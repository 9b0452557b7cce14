package io.teleport.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.CodecException;
import io.teleport.codec.GoValues;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The json cases of codec.json in which Go writes: ours writes the same bytes, or refuses what Go refuses. */
@NeedsWireVectors
class JsonWritingVectorTests {

    // Jackson puts renamed properties last.
    @JsonPropertyOrder({"title", "in", "p_in", "list", "m", "any", "raw", "mm", "NoTag"})
    static class Nested {
        public String title;
        public Inner in;

        @JsonProperty("p_in")
        public Inner pIn;

        public List<Inner> list;
        public Map<String, Integer> m;
        public Object any;
        public byte[] raw;

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        public Map<String, Object> mm;

        @JsonProperty("NoTag")
        public int noTag;
    }

    static class Inner {
        public int x;

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        public String y;
    }

    static class Emb {
        @JsonUnwrapped
        public EmbBase base = new EmbBase();

        public String name;
    }

    static class EmbBase {
        public int id;
    }

    record None() {}

    static List<VectorCase> cases() {
        return WireVectors.cases("codec").stream()
                .filter(vector -> vector.string("codec").equals("json"))
                .filter(vector -> vector.string("op").equals("marshal"))
                // Java has no channels.
                .filter(vector -> !vector.name().equals("json-marshal-channel"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theBytesAreThoseOfGo(VectorCase vector) throws Throwable {
        Object value = value(vector.get("value"));
        KnownDifferences.compare(vector, "written", () -> {
            ByteBuf out = Unpooled.buffer();
            if (!vector.get("error").isNull()) {
                assertThatThrownBy(() -> new JsonBodyCodec().encode(value, out)).isInstanceOf(CodecException.class);
                return;
            }
            new JsonBodyCodec().encode(value, out);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(vector.string("output_text"));
            WireVectors.assertBytes(io.netty.buffer.ByteBufUtil.getBytes(out), vector.get("output_hex"));
        });
    }

    private static Object value(JsonNode described) {
        JsonNode struct = described.has("to") ? described.required("to") : described;
        return switch (struct.at("/name").asString("")) {
            case "Nested" -> fill(struct, Nested.class);
            case "Emb" -> fill(struct, Emb.class);
            case "empty struct" -> new None();
            default -> GoValues.value(described);
        };
    }

    private static Object fill(JsonNode struct, Class<?> type) {
        return new JsonMapper().convertValue(GoValues.value(struct), type);
    }
}
