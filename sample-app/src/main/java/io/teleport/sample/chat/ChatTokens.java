package io.teleport.sample.chat;

import io.teleport.session.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may chat, and the token by which each is known. A real service would have them signed, or ask somebody who knows.
 *
 * @param tokens Secret tokens by the names of their users.
 * @param fleetSecret Lets in any fleet-1, fleet-2, ... with the token NAME:SECRET; empty lets in none.
 */
@ConfigurationProperties("sample")
record ChatTokens(
        Map<String, String> tokens, @DefaultValue("") String fleetSecret) {

    private static final Pattern OF_FLEET = Pattern.compile("(fleet-[1-9][0-9]{0,5}):(.+)", Pattern.DOTALL);

    /** Gives null for a token that nobody has. */
    @Nullable
    Principal userOf(String token) {
        Principal user = memberOfFleet(token);
        for (Map.Entry<String, String> entry : tokens.entrySet()) {
            if (isEqual(entry.getValue(), token)) {
                user = Principal.of(entry.getKey());
            }
        }
        return user;
    }

    private @Nullable Principal memberOfFleet(String token) {
        Matcher parts = OF_FLEET.matcher(token);
        boolean known = !fleetSecret.isBlank() && parts.matches() && isEqual(fleetSecret, parts.group(2));
        return known ? Principal.of(parts.group(1)) : null;
    }

    /** Compared in a time that tells nothing of how much of it was right. */
    private static boolean isEqual(String secret, String given) {
        return MessageDigest.isEqual(bytes(secret), bytes(given));
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
