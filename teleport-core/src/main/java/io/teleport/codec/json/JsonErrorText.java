package io.teleport.codec.json;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What went wrong and where, in terms of JSON. Jackson's own messages name Java types and its own features, which are nobody's business at the
 * other end.
 */
final class JsonErrorText {

    private static final int SHOWN = 32;

    private static final int LONGEST_PATH = 100;

    private static final int LONGEST_MESSAGE = 150;

    private static final Pattern SOURCE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)\\]");

    private static final Pattern SETTING = Pattern.compile(
            ", from `[^`]*`|: enable `[^`]*` to allow| \\(not recognized as one since Feature [^)]*\\)");

    private static final Pattern TYPE = Pattern.compile("`(?:\\w+\\.)+\\w+[^`]*`");

    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(
            byte.class,
            short.class,
            int.class,
            long.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            java.math.BigInteger.class);

    private JsonErrorText() {}

    static String reading(JacksonException e) {
        return "json: " + found(e) + path(e) + location(e.getLocation());
    }

    static String writing(JacksonException e) {
        String what = e instanceof DatabindException ? "value cannot be written" : withoutTypes(e.getOriginalMessage());
        return "json: " + what + path(e);
    }

    static String location(@Nullable TokenStreamLocation at) {
        return at == null || at.getLineNr() < 0 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String found(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return "unknown field";
        }
        if (e instanceof InvalidFormatException format && format.getValue() instanceof String text) {
            return '"' + shortened(text, SHOWN) + "\" is not valid here";
        }
        if (e instanceof MismatchedInputException mismatch) {
            return "expected " + kind(mismatch.getTargetType()) + ", found " + kind(mismatch.getCurrentToken());
        }
        return e instanceof DatabindException ? "value is not accepted" : withoutTypes(e.getOriginalMessage());
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type == float.class || type == double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "a boolean";
        }
        if (CharSequence.class.isAssignableFrom(type)
                || type == char.class
                || type == Character.class
                || type.isEnum()) {
            return "text";
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String kind(@Nullable JsonToken token) {
        if (token == null) {
            return "something else";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT -> "a number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction or exponent";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }

    /** Where in the document, as a program would write it: {@code  in items[2].price}. */
    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            if (name == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(shortened(name, SHOWN));
            }
        }
        return path.isEmpty() ? "" : " in " + shortened(path.toString(), LONGEST_PATH);
    }

    private static String withoutTypes(String message) {
        String plain = SOURCE.matcher(message).replaceAll("line $1, column $2");
        plain = SETTING.matcher(plain).replaceAll("");
        plain = TYPE.matcher(plain).replaceAll("the expected type").replace("`", "");
        return shortened(plain, LONGEST_MESSAGE);
    }
}
