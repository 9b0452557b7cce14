package io.teleport.protocol.http;

/** Numbers in headers and in front of chunks. */
final class Numbers {

    /** More than any limit. */
    static final long HUGE = Long.MAX_VALUE / 4;

    private Numbers() {}

    /** @param digits nothing but digits of this radix, at least one; a number too large gives {@link #HUGE} */
    static long parse(String digits, int radix) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = number * radix + Character.digit(digits.charAt(i), radix);
            if (number > Integer.MAX_VALUE * 256L) {
                return HUGE;
            }
        }
        return number;
    }

    static int parseInt(String header, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Refusal.BAD_REQUEST.because(header + ' ' + Refusal.quote(text) + " is no number of 32 bits");
        }
    }
}
