package io.teleport.plugin.secure;

import io.teleport.filter.AesGcmKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM under a ring of keys. The version is {@code aes-gcm-} and the id of the key; the ciphertext is base64 for URLs without padding, which no
 * codec escapes, of 12 random bytes of nonce, the encrypted body, and 16 bytes of tag. Version and place are authenticated with the body.
 */
final class AesGcm implements Cryptography {

    private static final String VERSION = "aes-gcm-";

    private static final int NONCE_LENGTH = 12;

    private static final int TAG_LENGTH = 16;

    private final Supplier<AesGcmKeys> keys;

    private final SecureRandom random = new SecureRandom();

    AesGcm(Supplier<AesGcmKeys> keys) {
        this.keys = keys;
    }

    @Override
    public Envelope seal(byte[] body, byte[] place) throws GeneralSecurityException {
        AesGcmKeys ring = keys.get();
        String version = VERSION + ring.currentId();
        SecretKey key = Objects.requireNonNull(ring.byId(ring.currentId()));
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, version, place);
        byte[] sealed = Arrays.copyOf(nonce, NONCE_LENGTH + body.length + TAG_LENGTH);
        cipher.doFinal(body, 0, body.length, sealed, NONCE_LENGTH);
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
        byte[] nonce = Arrays.copyOf(sealed, NONCE_LENGTH);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, envelope.version(), place)
                    .doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
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
        if (sealed.length < NONCE_LENGTH + TAG_LENGTH) {
            throw changed(null);
        }
        return sealed;
    }

    private static GeneralSecurityException changed(@Nullable Exception cause) {
        return new GeneralSecurityException("check failed, this is not what was encrypted for this message", cause);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String version, byte[] place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD((version + ' ').getBytes(StandardCharsets.US_ASCII));
        cipher.updateAAD(place);
        return cipher;
    }
}
