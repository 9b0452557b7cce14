package io.teleport.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;

/** Numbers and booleans as Go writes them as text, and the spellings it reads (strconv, {@code codec.json}). */
public final class ScalarText {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private ScalarText() {}

    /** The boolean, null for text that is none. */
    public static @Nullable Boolean readBoolean(String text) {
        return TRUE.contains(text) ? Boolean.TRUE : FALSE.contains(text) ? Boolean.FALSE : null;
    }

    /** The number that Go writes with a plus sign: infinity. Null for any other text. */
    public static @Nullable Double readInfinity(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    /**
     * The fewest digits that read back as the same number; with an exponent from 1e21 up and below 1e-6, as encoding/json writes it:
     * {@code 42}, {@code -0}, {@code 1e+21}, {@code 1e-7}; {@code NaN}, {@code +Inf}, {@code -Inf}.
     */
    public static String of(double number) {
        if (!Double.isFinite(number)) {
            return notFinite(number);
        }
        double magnitude = Math.abs(number);
        String text = NumberOutput.toString(magnitude, true);
        if (text.indexOf('E') < 0) {
            return sign(number) + withoutZeroFraction(text);
        }
        BigDecimal digits = new BigDecimal(text);
        BigDecimal oneDigit = digits.round(ONE_DIGIT);
        // Java gives two digits at least, which only matters for the smallest numbers there are.
        BigDecimal shortest = oneDigit.doubleValue() == magnitude ? oneDigit : digits;
        return sign(number) + text(shortest, magnitude < 1e-6 || magnitude >= 1e21);
    }

    /** As {@link #of(double)}, with the digits a single-precision number needs. */
    public static String of(float number) {
        if (!Float.isFinite(number)) {
            return notFinite(number);
        }
        float magnitude = Math.abs(number);
        String text = NumberOutput.toString(magnitude, true);
        if (text.indexOf('E') < 0) {
            return sign(number) + withoutZeroFraction(text);
        }
        BigDecimal digits = new BigDecimal(text);
        BigDecimal oneDigit = digits.round(ONE_DIGIT);
        BigDecimal shortest = oneDigit.floatValue() == magnitude ? oneDigit : digits;
        return sign(number) + text(shortest, magnitude < 1e-6f || magnitude >= 1e21f);
    }

    private static String notFinite(double number) {
        return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    }

    private static String sign(double number) {
        return Double.doubleToRawLongBits(number) < 0 ? "-" : "";
    }

    private static String withoutZeroFraction(String text) {
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String text(BigDecimal number, boolean withExponent) {
        BigDecimal stripped = number.stripTrailingZeros();
        if (!withExponent) {
            return stripped.toPlainString();
        }
        String digits = stripped.unscaledValue().toString();
        int exponent = digits.length() - 1 - stripped.scale();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }
}
