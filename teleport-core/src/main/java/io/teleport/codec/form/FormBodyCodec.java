package io.teleport.codec.form;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import io.teleport.codec.JacksonErrors;
import io.teleport.codec.TextScalars;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.TokenBuffer;

/**
 * URL-encoded pairs ({@code a=1&b=x+y}) for beans, records and maps whose fields are text, numbers, booleans and lists of these; a list is a
 * repeated key. Names and formats are Jackson's, an object in an object needs {@code @JsonUnwrapped}.
 *
 * <p>Keys are written in the order of their bytes, a list in its own order, and null not at all. Where one value is wanted the first of a key
 * counts; unknown keys are skipped; an empty value of a number or boolean is zero, or null if that is possible. No bytes at all are an object
 * without fields ({@code codec.json}).
 */
public final class FormBodyCodec implements BodyCodec {

    /** Pairs that are accepted. */
    public static final int MAX_PAIRS = 10_000;

    /** Characters of a key that are accepted. */
    public static final int MAX_KEY_LENGTH = 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfigDefaults(any -> any.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
            .addHandler(new TextScalars())
            .addModule(new SimpleModule("form").setDeserializerModifier(new FirstOfSeveral()))
            .build();

    @Override
    public int id() {
        return 'f';
    }

    @Override
    public String name() {
        return "form";
    }

    @Override
    public void encode(Object value, ByteBuf out) {
        try (TokenBuffer written = TokenBuffer.forGeneration()) {
            MAPPER.writeValue(new FormFields(written), value);
            if (!(MAPPER.readTree(written.asParser()) instanceof ObjectNode fields)) {
                throw new CodecException(
                        "form: value has no fields (expected an object, a map or bytes)",
                        new IllegalArgumentException(
                                "No fields: " + value.getClass().getName()));
            }
            FormWriter.write(fields, out);
        } catch (JacksonException e) {
            throw JacksonErrors.writing("form", e);
        }
    }

    @Override
    public @Nullable Object decode(ByteBuf in, Type type) {
        return convert(FormPairs.read(ByteBufUtil.getBytes(in)), type);
    }

    private static @Nullable Object convert(Map<String, List<String>> pairs, Type type) {
        JavaType target = MAPPER.constructType(type);
        if (!hasFields(target)) {
            throw new CodecException("form: a form is read into an object, a map or bytes only");
        }
        try {
            return MAPPER.convertValue(pairs, target);
        } catch (JacksonException e) {
            throw JacksonErrors.reading("form", e);
        }
    }

    private static boolean hasFields(JavaType type) {
        boolean mayHave = type.isMapLikeType() || !(type.isContainerType() || type.isPrimitive());
        return mayHave && !CharSequence.class.isAssignableFrom(type.getRawClass()) && !type.isEnumType();
    }

    @Override
    public @Nullable Object decodeEmpty(Type type) {
        return hasFields(MAPPER.constructType(type)) ? zero(type) : null;
    }

    @Override
    public @Nullable Object zero(Type type) {
        Object scalar = BodyCodec.super.zero(type);
        if (scalar != null || !hasFields(MAPPER.constructType(type))) {
            return scalar;
        }
        try {
            return convert(Map.of(), type);
        } catch (CodecException e) {
            // A type that needs more than an object without fields has no zero value; the handler is told so by null.
            return null;
        }
    }
}
