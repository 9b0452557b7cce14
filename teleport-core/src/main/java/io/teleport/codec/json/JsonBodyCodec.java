package io.teleport.codec.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON by Jackson 3, Teleport's default codec.
 *
 * <p>{@link #JsonBodyCodec()} reads as Go's encoding/json does: unknown fields are skipped, field names match without regard to case, null and
 * absent fields leave a primitive zero, and no kind of value is turned into another ({@code 5.0} is no integer, {@code "5"} no number). Nesting is
 * limited to {@value #MAX_DEPTH}. It writes as encoding/json does, too: a whole double as {@code 42}, map keys in order, the same characters escaped
 * ({@code codec.json}). A mapper that the application brings is used as it is.
 */
public final class JsonBodyCodec implements BodyCodec {

    /** Nesting that the default mapper accepts. */
    public static final int MAX_DEPTH = 100;

    private final JsonMapper mapper;

    public JsonBodyCodec() {
        this(defaultMapper());
    }

    public JsonBodyCodec(JsonMapper mapper) {
        this.mapper = mapper;
    }

    private static JsonMapper defaultMapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .characterEscapes(new GoEscapes())
                .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                .addDecorator((made, generator) -> new GoJsonGenerator(generator))
                .build();
        return JsonMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
                // Go leaves fields out, or writes null for them, where Java has a primitive.
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, JsonBodyCodec::onlyText)
                .build();
    }

    private static void onlyText(MutableCoercionConfig textual) {
        textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    @Override
    public int id() {
        return 'j';
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public void encode(Object value, ByteBuf out) {
        try {
            mapper.writeValue((OutputStream) new ByteBufOutputStream(out), value);
        } catch (JacksonException e) {
            throw new CodecException(JsonErrorText.writing(e), e);
        }
    }

    @Override
    public @Nullable Object decode(ByteBuf in, Type type) {
        // Trailing tokens are looked for below, to be able to say so in our own words.
        ObjectReader reader =
                mapper.readerFor(mapper.constructType(type)).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try (JsonParser parser = reader.createParser((InputStream) new ByteBufInputStream(in))) {
            Object value = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw new CodecException(
                        "json: more follows after the value" + JsonErrorText.location(parser.currentTokenLocation()));
            }
            return value;
        } catch (JacksonException e) {
            throw new CodecException(JsonErrorText.reading(e), e);
        }
    }

    /** As an empty JSON object or list would give, where the type can be read from one. */
    @Override
    public @Nullable Object zero(Type type) {
        Object scalar = BodyCodec.super.zero(type);
        if (scalar != null || type == Object.class) {
            return scalar;
        }
        JavaType target = mapper.constructType(type);
        String text = target.isArrayType() || target.isCollectionLikeType() ? "[]" : "{}";
        try {
            return mapper.readerFor(target)
                    .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .readValue(text);
        } catch (JacksonException e) {
            // A type that needs more than an empty object has no zero value; the handler is told so by null.
            return null;
        }
    }
}
