package io.teleport.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/** Lets Jackson read booleans and infinities from text in all of Go's spellings, for encodings in which every value is text. */
public final class TextScalars extends DeserializationProblemHandler {

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> target, String text, String failure) {
        if (target == boolean.class || target == Boolean.class) {
            Boolean value = ScalarText.readBoolean(text);
            return value == null ? NOT_HANDLED : value;
        }
        Double infinity = ScalarText.readInfinity(text);
        if (infinity == null) {
            return NOT_HANDLED;
        }
        if (target == double.class || target == Double.class) {
            return infinity;
        }
        return target == float.class || target == Float.class ? (Object) infinity.floatValue() : NOT_HANDLED;
    }
}
