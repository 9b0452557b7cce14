package io.teleport.codec.plain;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.CodecException;
import io.teleport.message.WireText;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Text and single scalar values as their text. Booleans are read as Go's strconv reads them ({@code 1 t T TRUE true True} and their opposites);
 * floating point numbers are written without exponent, {@code NaN} and {@code +Inf}/{@code -Inf} as such ({@code codec.json}).
 *
 * <p>A number that does not fit the wanted type is refused; Go cuts it off silently.
 */
public final class PlainBodyCodec implements BodyCodec {

    private static final String EXPECTED = "(expected text, a number, a boolean or bytes)";

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
        if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
            return value.toString();
        }
        throw new CodecException(
                "plain: cannot encode a structured value " + EXPECTED,
                new IllegalArgumentException("Not a scalar: " + value.getClass().getName()));
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
        PlainReader reader = PlainReader.of(type);
        if (reader == null) {
            throw new CodecException(
                    "plain: cannot decode into a structured value " + EXPECTED,
                    new IllegalArgumentException("Not a scalar: " + type.getTypeName()));
        }
        String text = WireText.decode(in, in.readableBytes());
        try {
            return reader.parser().apply(text);
        } catch (IllegalArgumentException e) {
            throw new CodecException("plain: \"" + printable(text) + "\" is not a valid " + reader.kind(), e);
        }
    }

    private static String printable(String text) {
        String shown = text.length() <= 64 ? text : text.substring(0, 64) + "…";
        return shown.replaceAll("\\p{C}", "?");
    }
}
