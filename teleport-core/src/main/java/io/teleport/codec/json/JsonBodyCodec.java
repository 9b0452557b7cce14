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
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson 3, Teleport's default codec.
 *
 * <p>{@link #JsonBodyCodec()} reads as Go's encoding/json does where that is safe: unknown fields are skipped, absent and null ones of a
 * primitive type are zero, field names match without regard to case, and nesting is limited to {@value #MAX_DEPTH}. A mapper that the
 * application brings is used as it is.
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
                .build();
        return JsonMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .build();
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
            throw new CodecException(describe(e), e);
        }
    }

    @Override
    public @Nullable Object decode(ByteBuf in, Type type) {
        ObjectReader reader =
                mapper.readerFor(mapper.constructType(type)).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try {
            return reader.readValue((InputStream) new ByteBufInputStream(in));
        } catch (JacksonException e) {
            throw new CodecException(describe(e), e);
        }
    }

    /** As an empty JSON object would give, where the type can be read from one. */
    @Override
    public @Nullable Object zero(Type type) {
        Object scalar = BodyCodec.super.zero(type);
        if (scalar != null) {
            return scalar;
        }
        String text = mapper.constructType(type).isCollectionLikeType() ? "[]" : "{}";
        try {
            return mapper.readerFor(mapper.constructType(type)).readValue(text);
        } catch (JacksonException e) {
            // A type that needs more than an empty object has no zero value; the handler is told so by null.
            return null;
        }
    }

    /** What went wrong and where, without the class names that Jackson's full message carries. */
    private static String describe(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String where =
                at == null || at.getLineNr() < 0 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return "json: " + withoutClassNames(e.getOriginalMessage()) + where;
    }

    private static String withoutClassNames(String message) {
        return message.replaceAll("`?\\b(?:[a-z_][A-Za-z0-9_]*\\.)+([A-Z][A-Za-z0-9_$]*)(?:<[^`]*>)?`?", "$1");
    }
}
