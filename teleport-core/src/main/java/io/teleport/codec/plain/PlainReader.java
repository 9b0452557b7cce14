package io.teleport.codec.plain;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one scalar type from text, as strictly as Go's strconv: ASCII digits only, no blanks around them, nothing that does not fit.
 *
 * @param kind what the text has to be, for people
 * @param parser throws {@link IllegalArgumentException} for any other text
 */
record PlainReader(String kind, Function<String, Object> parser) {

    /** Long numbers take disproportionately long to read. */
    private static final int MAX_LENGTH = 1000;

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private static final Pattern HEX_NUMBER =
            Pattern.compile("[+-]?0[xX](?:[0-9a-fA-F]+(?:\\.[0-9a-fA-F]*)?|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+");

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private static final PlainReader TEXT = new PlainReader("text", text -> text);

    private static final PlainReader CHARACTER = new PlainReader("single character", PlainReader::character);

    private static final PlainReader BOOLEAN = new PlainReader("boolean", PlainReader::truth);

    private static final PlainReader BYTE = new PlainReader("8-bit integer", text -> Byte.valueOf(integer(text)));

    private static final PlainReader SHORT = new PlainReader("16-bit integer", text -> Short.valueOf(integer(text)));

    private static final PlainReader INT = new PlainReader("32-bit integer", text -> Integer.valueOf(integer(text)));

    private static final PlainReader LONG = new PlainReader("64-bit integer", text -> Long.valueOf(integer(text)));

    private static final PlainReader FLOAT = new PlainReader("32-bit number", PlainReader::singlePrecision);

    private static final PlainReader DOUBLE = new PlainReader("64-bit number", PlainReader::doublePrecision);

    private static final PlainReader BIG_INTEGER = new PlainReader("integer", text -> new BigInteger(integer(text)));

    private static final PlainReader BIG_DECIMAL = new PlainReader("decimal number", PlainReader::decimal);

    private static final Map<Type, PlainReader> READERS = Map.ofEntries(
            Map.entry(String.class, TEXT),
            Map.entry(CharSequence.class, TEXT),
            Map.entry(Object.class, TEXT),
            Map.entry(char.class, CHARACTER),
            Map.entry(Character.class, CHARACTER),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(byte.class, BYTE),
            Map.entry(Byte.class, BYTE),
            Map.entry(short.class, SHORT),
            Map.entry(Short.class, SHORT),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(float.class, FLOAT),
            Map.entry(Float.class, FLOAT),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(BigInteger.class, BIG_INTEGER),
            Map.entry(BigDecimal.class, BIG_DECIMAL));

    /** The reader of a type, null for one that is no scalar. */
    static @Nullable PlainReader of(Type type) {
        return READERS.get(type);
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }

    private static Boolean truth(String text) {
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        throw new IllegalArgumentException("not a boolean");
    }

    private static String integer(String text) {
        if (text.length() > MAX_LENGTH || !INTEGER.matcher(text).matches()) {
            throw new NumberFormatException("not an integer");
        }
        return text;
    }

    private static Object singlePrecision(String text) {
        Double special = special(text);
        float number = special != null ? special.floatValue() : Float.parseFloat(number(text));
        return inRange(number, special != null || Float.isFinite(number));
    }

    private static Object doublePrecision(String text) {
        Double special = special(text);
        double number = special != null ? special : Double.parseDouble(number(text));
        return inRange(number, special != null || Double.isFinite(number));
    }

    private static Object inRange(Number number, boolean fits) {
        if (!fits) {
            throw new NumberFormatException("out of range");
        }
        return number;
    }

    private static String number(String text) {
        if (text.length() <= MAX_LENGTH
                && (NUMBER.matcher(text).matches() || HEX_NUMBER.matcher(text).matches())) {
            return text;
        }
        throw new NumberFormatException("not a number");
    }

    private static @Nullable Double special(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > MAX_LENGTH || !NUMBER.matcher(text).matches()) {
            throw new NumberFormatException("not a decimal number");
        }
        return new BigDecimal(text);
    }
}
