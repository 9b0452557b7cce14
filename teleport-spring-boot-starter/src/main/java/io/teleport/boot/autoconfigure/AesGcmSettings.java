package io.teleport.boot.autoconfigure;

import io.teleport.boot.autoconfigure.TeleportProperties.AesGcm;
import io.teleport.filter.AesGcmKeys;
import io.teleport.filter.aesgcm.AesGcmFilter;
import io.teleport.peer.PeerBuilder;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Makes the filter that encrypts of its properties. */
final class AesGcmSettings {

    private AesGcmSettings() {}

    /**
     * Registers the filter, if there are settings for it.
     *
     * @throws IllegalArgumentException if one is missing, or a key cannot be used; never with the key itself in its text
     */
    static void apply(AesGcm settings, PeerBuilder builder) {
        Integer id = settings.id();
        Map<String, String> keys = settings.keys();
        String activeKey = settings.activeKey();
        if (id == null && keys == null && activeKey == null) {
            return;
        }
        if (id == null || keys == null || activeKey == null) {
            throw new IllegalArgumentException(
                    "Of 'id', 'keys' and 'active-key' some are missing (found: " + settings + ")");
        }
        builder.register(new AesGcmFilter(id, ring(keys, activeKey)));
    }

    static AesGcmKeys ring(Map<String, String> keys, String activeKey) {
        Map<String, byte[]> ring = new HashMap<>();
        keys.forEach((keyId, text) -> ring.put(keyId, decode(keyId, text)));
        return AesGcmKeys.of(activeKey, ring);
    }

    static byte[] decode(String keyId, String text) {
        try {
            return Base64.getDecoder().decode(text.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Key '" + keyId + "' is not Base64", e);
        }
    }
}
