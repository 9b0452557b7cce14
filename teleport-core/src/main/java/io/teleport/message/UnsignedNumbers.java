package io.teleport.message;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Numbers without a sign in text, ASCII digits only; what cannot be read, and null, is empty. */
final class UnsignedNumbers {

    /** As many as Go reads; they always fit a long. */
    private static final int MAX_INTEGER_DIGITS = 18;

    private UnsignedNumbers() {}

    static OptionalLong parseInt(@Nullable String text) {
        if (text == null
                || text.isEmpty()
                || text.length() > MAX_INTEGER_DIGITS
                || endOfDigits(text, 0) < text.length()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    static OptionalDouble parseFloat(@Nullable String text) {
        if (text == null || !isUnsignedDecimal(text)) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    private static boolean isUnsignedDecimal(String text) {
        int end = endOfDigits(text, 0);
        int digits = end;
        if (end < text.length() && text.charAt(end) == '.') {
            int afterPoint = end + 1;
            end = endOfDigits(text, afterPoint);
            digits += end - afterPoint;
        }
        if (digits > 0 && end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            end = endOfDigits(text, exponent);
            return end > exponent && end == text.length();
        }
        return digits > 0 && end == text.length();
    }

    private static int endOfDigits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
