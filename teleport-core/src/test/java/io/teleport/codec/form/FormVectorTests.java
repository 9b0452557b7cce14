package io.teleport.codec.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.BodyCodecVectorContract;
import io.teleport.codec.CodecException;
import io.teleport.codec.GoValues;
import io.teleport.codec.TypeRef;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form cases of codec.json, both directions, byte for byte. */
class FormVectorTests extends BodyCodecVectorContract {

    private static final JsonMapper FILLER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    static class FormS {
        public int a;
        public String b = "";
        public List<String> l;
        public List<Integer> n;
        public boolean[] arr = new boolean[3];
        public double f;
        public float f32;
        public short u;
        public boolean ok;
        public Integer p;
        public byte[] bs;

        @JsonUnwrapped
        public Inner in = new Inner();

        @JsonProperty("NoT")
        public String noT = "";

        @JsonProperty("-")
        public String dash = "";
    }

    static class Inner {
        public int x;
        public String y = "";
    }

    record TimeForm(LocalDate t) {}

    FormVectorTests() {
        super(new FormBodyCodec());
    }

    @Override
    protected void assertWritten(VectorCase vector, ByteBuf out) {
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(vector.string("output_text"));
    }

    @Override
    protected void compareReading(VectorCase vector) {
        ByteBuf in = Unpooled.wrappedBuffer(WireVectors.bytes(vector.get("input_hex")));
        Type target = target(vector.string("target"));
        if (!vector.get("error").isNull() || vector.has("panic")) {
            assertThatThrownBy(() -> codec.decode(in, target)).isInstanceOf(CodecException.class);
            return;
        }
        Object read;
        try {
            read = codec.decode(in, target);
        } catch (CodecException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
        }
        if (read instanceof FormS form) {
            // A list of fixed length in Go.
            form.arr = Arrays.copyOf(form.arr, 3);
            assertThat(form).usingRecursiveComparison().isEqualTo(value(vector.get("result")));
        } else if (read instanceof TimeForm form) {
            assertThat(form.t() + "T00:00:00Z")
                    .isEqualTo(vector.json().at("/result/fields/0/value/value").asString());
        } else {
            assertThat(read).isEqualTo(value(vector.get("result")));
        }
    }

    @Override
    protected Object value(JsonNode described) {
        if (described.has("to")) {
            return value(described.required("to"));
        }
        if (!described.required("type").asString().equals("struct")) {
            return GoValues.value(described);
        }
        Map<String, Object> fields = fields(described);
        return switch (described.required("name").asString()) {
            case "FormS" -> FILLER.convertValue(fields, FormS.class);
            case "Emb" -> fields;
            default -> throw new AssertionError("unknown struct " + described);
        };
    }

    /** By form name; what has none is flattened if it is a struct. The map in FormS is left out: Go skips it silently, we refuse it. */
    private static Map<String, Object> fields(JsonNode struct) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (JsonNode field : struct.required("fields")) {
            JsonNode value = field.required("value");
            String type = value.required("type").asString();
            if (type.equals("struct")) {
                fields.putAll(fields(value));
            } else if (!type.equals("map")) {
                String name = field.at("/tags/form").asString("");
                fields.put(name.isEmpty() ? field.required("name").asString() : name, GoValues.value(value));
            }
        }
        return fields;
    }

    private static Type target(String go) {
        return switch (go) {
            case "map of string to list of string" -> new TypeRef<Map<String, List<String>>>() {}.type();
            case "any" -> Object.class;
            case "string" -> String.class;
            case "struct FormS" -> FormS.class;
            case "struct TimeForm" -> TimeForm.class;
            default -> throw new AssertionError("unknown target " + go);
        };
    }
}
