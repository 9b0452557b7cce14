package io.teleport.boot.actuate;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides tokens, keys and headers of Teleport's properties from the endpoints that show properties. Boot shows no value at all unless told to
 * ({@code management.endpoint.env.show-values} and the like); those that are secrets stay hidden even then.
 */
public final class SecretProperties implements SanitizingFunction {

    /** Of a key in its plainest form: all of the spellings that Boot accepts come down to it. */
    private static final Pattern SECRET = Pattern.compile(
            "teleport\\.(defaults|peers\\..+)\\."
                    + "(auth\\.token|secure\\.(keys\\..+|weak\\.?key)|aes\\.?gcm\\.keys\\..+|web\\.?socket\\.dial\\.?headers\\..+)");

    @Override
    public SanitizableData apply(SanitizableData data) {
        return SECRET.matcher(plain(data.getKey())).matches() ? data.withSanitizedValue() : data;
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT)
                .replace("-", "")
                .replace("]", "")
                .replace('_', '.')
                .replace('[', '.')
                .replace("..", ".");
    }
}
