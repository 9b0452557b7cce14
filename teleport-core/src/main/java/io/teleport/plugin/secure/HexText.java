package io.teleport.plugin.secure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;

/** Reads hex digits of either case, with Go's texts for what is none. */
final class HexText {

    private HexText() {}

    static byte[] parse(String text) throws GeneralSecurityException {
        byte[] digits = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[digits.length / 2];
        for (int i = 0; i < digits.length; i++) {
            int digit = Character.digit(digits[i] & 0xff, 16);
            if (digit < 0) {
                throw new GeneralSecurityException("encoding/hex: invalid byte: " + unicode(digits[i] & 0xff));
            }
            if (i / 2 < bytes.length) {
                bytes[i / 2] |= (byte) (i % 2 == 0 ? digit << 4 : digit);
            }
        }
        if (digits.length % 2 != 0) {
            throw new GeneralSecurityException("encoding/hex: odd length hex string");
        }
        return bytes;
    }

    private static String unicode(int c) {
        String number = String.format(Locale.ROOT, "U+%04X", c);
        boolean isPrinted = (c >= ' ' && c < 0x7f) || (c > 0xa0 && c != 0xad);
        return isPrinted ? number + " '" + (char) c + "'" : number;
    }
}
