package io.teleport.filter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES keys by id, one of which encrypts, for all that is encrypted with AES-GCM here. To change keys without a gap: give every peer the new key, then make it the current one
 * everywhere, then take the old one away. Immutable.
 */
public final class AesGcmKeys {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String currentId;

    private final Map<String, SecretKey> keys = new LinkedHashMap<>();

    private AesGcmKeys(String currentId, Map<String, byte[]> keys) {
        this.currentId = currentId;
        keys.forEach(this::add);
        if (!this.keys.containsKey(currentId)) {
            throw new IllegalArgumentException(
                    "No key has the id '" + currentId + "' that is to encrypt (there are " + this.keys.keySet() + ")");
        }
    }

    /**
     * A ring of these keys.
     *
     * @param currentId id of the key that encrypts
     * @param keys keys of 16, 24 or 32 bytes, copied; the ids travel in the clear and are made of 1 to 64 letters, digits, dots,
     *     dashes and underscores
     * @throws IllegalArgumentException if an id or the length of a key is not as above, or no key has the current id
     */
    public static AesGcmKeys of(String currentId, Map<String, byte[]> keys) {
        return new AesGcmKeys(currentId, keys);
    }

    private void add(String id, byte[] key) {
        if (!isId(id)) {
            throw new IllegalArgumentException("Key id '" + id
                    + "' is not valid (expected 1 to 64 letters, digits, dots, dashes and underscores)");
        }
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new IllegalArgumentException("Key '" + id + "' has " + key.length + " bytes (expected 16, 24 or 32)");
        }
        keys.put(id, new SecretKeySpec(key, "AES"));
    }

    /** Whether the text can be the id of a key. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Id of the key that encrypts. */
    public String currentId() {
        return currentId;
    }

    /** The key with this id, or null. */
    public @Nullable SecretKey byId(String id) {
        return keys.get(id);
    }

    /** The ids; never a key. */
    @Override
    public String toString() {
        return "AesGcmKeys[ids=" + keys.keySet() + ", current=" + currentId + "]";
    }
}
