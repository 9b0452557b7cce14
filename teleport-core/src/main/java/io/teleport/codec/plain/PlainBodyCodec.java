package io.teleport.codec.plain;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import io.teleport.message.WireText;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Text and single scalar values as their text. Booleans are read as Go's strconv reads them ({@code 1 t T TRUE true True} and their opposites);
 * floating point numbers are written without exponent, {@code NaN} and {@code +Inf}/{@code -Inf} as such ({@code codec.json}).
 */
public final class PlainBodyCodec implements BodyCodec {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private static final Map<Type, Function<String, Object>> READERS = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(CharSequence.class, text -> text),
            Map.entry(Object.class, text -> text),
            Map.entry(boolean.class, PlainBodyCodec::readBoolean),
            Map.entry(Boolean.class, PlainBodyCodec::readBoolean),
            Map.entry(byte.class, Byte::valueOf),
            Map.entry(Byte.class, Byte::valueOf),
            Map.entry(short.class, Short::valueOf),
            Map.entry(Short.class, Short::valueOf),
            Map.entry(int.class, Integer::valueOf),
            Map.entry(Integer.class, Integer::valueOf),
            Map.entry(long.class, Long::valueOf),
            Map.entry(Long.class, Long::valueOf),
            Map.entry(float.class, text -> (float) readDouble(text)),
            Map.entry(Float.class, text -> (float) readDouble(text)),
            Map.entry(double.class, PlainBodyCodec::readDouble),
            Map.entry(Double.class, PlainBodyCodec::readDouble),
            Map.entry(BigInteger.class, BigInteger::new),
            Map.entry(BigDecimal.class, BigDecimal::new));

    @Override
    public int id() {
        return 's';
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public void encode(Object value, ByteBuf out) {
        WireText.encode(text(value), out);
    }

    private static CharSequence text(Object value) {
        if (value instanceof CharSequence text) {
            return text;
        }
        if (value instanceof Double || value instanceof Float) {
            return text(((Number) value).doubleValue(), value);
        }
        if (value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>) {
            return value.toString();
        }
        throw new CodecException("plain: cannot encode a " + value.getClass().getSimpleName()
                + " (expected text, a number, a boolean or bytes)");
    }

    private static String text(double number, Object original) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        // The decimal text of the original, not of its double: 0.1f is 0.1, not 0.10000000149011612.
        String plain = new BigDecimal(original.toString()).stripTrailingZeros().toPlainString();
        return number == 0 && 1 / number < 0 ? "-0" : plain;
    }

    @Override
    public @Nullable Object decode(ByteBuf in, Type type) {
        Function<String, Object> reader = READERS.get(type);
        if (reader == null) {
            throw new CodecException(
                    "plain: cannot decode into " + simpleName(type) + " (expected text, a number, a boolean or bytes)");
        }
        String text = WireText.decode(in, in.readableBytes());
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw new CodecException("plain: \"" + shortened(text) + "\" is not a valid " + simpleName(type), e);
        }
    }

    private static boolean readBoolean(String text) {
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        throw new NumberFormatException("not a boolean");
    }

    private static double readDouble(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static String simpleName(Type type) {
        return type instanceof Class<?> c ? c.getSimpleName() : type.getTypeName();
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
