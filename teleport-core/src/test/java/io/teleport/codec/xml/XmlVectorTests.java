package io.teleport.codec.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRootName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecs;
import io.teleport.codec.CodecException;
import io.teleport.codec.GoValues;
import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.xml.annotation.JacksonXmlElementWrapper;
import tools.jackson.dataformat.xml.annotation.JacksonXmlProperty;
import tools.jackson.dataformat.xml.annotation.JacksonXmlText;

/** The xml cases of codec.json, both directions, byte for byte. */
@NeedsWireVectors
class XmlVectorTests {

    private final BodyCodec codec = new XmlBodyCodec();

    private final Bodies bodies = new Bodies(BodyCodecs.of(List.of(codec)));

    static class Small {
        public int a;
        public String b = "";
    }

    static class Inner {
        public int x;

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        public String y;
    }

    /** Its maps are no part of Go's XML either. */
    @JsonIgnoreProperties({"m", "mm"})
    @JsonPropertyOrder({"title", "in", "p_in", "list", "item", "any", "raw", "NoTag"})
    static class Nested {
        @JacksonXmlProperty(isAttribute = true)
        public String title;

        public Inner in;

        @JsonProperty("p_in")
        public Inner pIn;

        @JacksonXmlElementWrapper(localName = "list")
        @JacksonXmlProperty(localName = "item")
        public List<Inner> list;

        public Object any;
        public byte[] raw;

        @JsonProperty("NoTag")
        public int noTag;
    }

    @JsonRootName("root")
    static class XmlS {
        @JacksonXmlProperty(isAttribute = true)
        public String attr = "a&b";

        @JacksonXmlText
        public String text = "text & <more>";

        public List<String> child = List.of("1", "2");
    }

    static List<VectorCase> cases() {
        return WireVectors.cases("codec").stream()
                .filter(vector -> vector.string("codec").equals("xml"))
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
        if (!vector.get("error").isNull()) {
            assertThatThrownBy(() -> bodies.writer(value, 'x').writeTo(out)).isInstanceOf(CodecException.class);
            return;
        }
        try {
            bodies.writer(value, 'x').writeTo(out);
        } catch (CodecException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(vector.string("output_text"));
    }

    private void compareReading(VectorCase vector) {
        ByteBuf in = Unpooled.wrappedBuffer(WireVectors.bytes(vector.get("input_hex")));
        Class<?> target = vector.string("target").equals("int") ? int.class : Small.class;
        if (!vector.get("error").isNull()) {
            assertThatThrownBy(() -> codec.decode(in, target)).isInstanceOf(CodecException.class);
            return;
        }
        assertThat(codec.decode(in, target)).usingRecursiveComparison().isEqualTo(value(vector.get("result")));
    }

    private static Object value(JsonNode described) {
        JsonNode struct = described.has("to") ? described.required("to") : described;
        return switch (struct.at("/name").asString("")) {
            case "Small" -> fill(struct, Small.class);
            case "Nested" -> fill(struct, Nested.class);
            case "XmlS" -> new XmlS();
            default -> GoValues.value(described);
        };
    }

    private static Object fill(JsonNode struct, Class<?> type) {
        return new JsonMapper().convertValue(GoValues.value(struct), type);
    }
}
