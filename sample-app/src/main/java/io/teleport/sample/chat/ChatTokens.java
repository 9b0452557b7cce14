package io.teleport.sample.chat;

import io.teleport.session.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may chat, and the token by which each is known. A real service would have them signed, or ask somebody who knows.
 *
 * @param tokens Secret tokens by the names of their users.
 */
@ConfigurationProperties("sample")
record ChatTokens(Map<String, String> tokens) {

    /** Gives null for a token that nobody has. */
    @Nullable
    Principal userOf(String token) {
        Principal user = null;
        for (Map.Entry<String, String> entry : tokens.entrySet()) {
            // Compared in a time that tells nothing of how much of it was right.
            if (MessageDigest.isEqual(bytes(entry.getValue()), bytes(token))) {
                user = Principal.of(entry.getKey());
            }
        }
        return user;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Never a token. */
    @Override
    public String toString() {
        return "ChatTokens" + tokens.keySet();
    }
}
