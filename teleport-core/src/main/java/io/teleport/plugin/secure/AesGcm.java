package io.teleport.plugin.secure;

import io.teleport.filter.AesGcmBox;
import io.teleport.filter.AesGcmKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM under a ring of keys. The version is {@code aes-gcm-} and the id of the key; the ciphertext is base64 for URLs without padding, which no
 * codec escapes, of 12 random bytes of nonce, the encrypted body, and 16 bytes of tag. Version and place are authenticated with the body.
 */
final class AesGcm implements Cryptography {

    private static final String VERSION = "aes-gcm-";

    private final Supplier<AesGcmKeys> keys;

    private final AesGcmBox box = new AesGcmBox();

    AesGcm(Supplier<AesGcmKeys> keys) {
        this.keys = keys;
    }

    @Override
    public Envelope seal(byte[] body, byte[] place) throws GeneralSecurityException {
        AesGcmKeys ring = keys.get();
        String version = VERSION + ring.currentId();
        SecretKey key = Objects.requireNonNull(ring.byId(ring.currentId()));
        byte[] sealed = box.seal(key, body, authenticated(version, place));
        return new Envelope(version, Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
    }

    @Override
    public byte[] open(Envelope envelope, byte[] place) throws GeneralSecurityException {
        AesGcmKeys ring = keys.get();
        SecretKey key = key(envelope.version(), ring);
        if (key == null) {
            throw Refusals.version(envelope.version(), VERSION + ring.currentId());
        }
        byte[] sealed = sealed(envelope.ciphertext());
        try {
            return box.open(key, sealed, authenticated(envelope.version(), place));
        } catch (AEADBadTagException e) {
            throw changed(e);
        }
    }

    private static @Nullable SecretKey key(String version, AesGcmKeys ring) {
        return version.startsWith(VERSION) ? ring.byId(version.substring(VERSION.length())) : null;
    }

    private static byte[] sealed(String ciphertext) throws GeneralSecurityException {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(ciphertext);
        } catch (IllegalArgumentException e) {
            throw changed(e);
        }
        if (sealed.length < AesGcmBox.OVERHEAD) {
            throw changed(null);
        }
        return sealed;
    }

    private static GeneralSecurityException changed(@Nullable Exception cause) {
        return new GeneralSecurityException("check failed, this is not what was encrypted for this message", cause);
    }

    private static byte[] authenticated(String version, byte[] place) {
        byte[] prefix = (version + ' ').getBytes(StandardCharsets.US_ASCII);
        byte[] authenticated = Arrays.copyOf(prefix, prefix.length + place.length);
        System.arraycopy(place, 0, authenticated, prefix.length, place.length);
        return authenticated;
    }
}
