package io.teleport.boot.autoconfigure;

import io.teleport.boot.autoconfigure.TeleportProperties.Secure;
import io.teleport.message.StatusCode;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.secure.SecurePlugin;
import java.util.Map;
import java.util.Objects;

/** Makes the plugin that encrypts bodies of its properties. */
final class SecureSettings {

    private SecureSettings() {}

    /**
     * Adds the plugin, if there are settings for it.
     *
     * @throws IllegalArgumentException if some are missing or contradict each other, or a key cannot be used; never with the key itself in its text
     */
    static void apply(Secure settings, PeerBuilder builder) {
        Map<String, String> keys = settings.keys();
        String activeKey = settings.activeKey();
        String weakKey = settings.weakKey();
        if (keys == null && activeKey == null && weakKey == null) {
            if (settings.required() != null || settings.statusCode() != null) {
                throw new IllegalArgumentException("No key is set (expected 'keys' and 'active-key', or 'weak-key')");
            }
            return;
        }
        int statusCode = Objects.requireNonNullElse(settings.statusCode(), StatusCode.BAD_MESSAGE);
        SecurePlugin plugin;
        if (weakKey == null) {
            if (keys == null || activeKey == null) {
                throw new IllegalArgumentException(
                        "One of 'keys' and 'active-key' is missing (found: " + settings + ")");
            }
            plugin = SecurePlugin.aesGcm(statusCode, AesGcmSettings.ring(keys, activeKey));
        } else {
            if (keys != null || activeKey != null) {
                throw new IllegalArgumentException("Both the weak form of Go and AES-GCM are set (expected 'weak-key'"
                        + " for Go peers, or 'keys' and 'active-key')");
            }
            plugin = SecurePlugin.weakAsInGo(statusCode, AesGcmSettings.decode("weak-key", weakKey));
        }
        builder.plugin(Boolean.TRUE.equals(settings.required()) ? plugin.required() : plugin);
    }
}
