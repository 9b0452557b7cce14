package io.teleport.filter;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts and authenticates with AES-GCM under random nonces. What comes out is 12 bytes of nonce, the ciphertext, and 16 bytes of tag. Thread-safe.
 */
public final class AesGcmBox {

    private static final int NONCE_LENGTH = 12;

    private static final int TAG_LENGTH = 16;

    /** Bytes by which what is sealed is longer than what it was made of. */
    public static final int OVERHEAD = NONCE_LENGTH + TAG_LENGTH;

    private final SecureRandom random = new SecureRandom();

    /**
     * Seals a text.
     *
     * @param authenticated what must be the same when the box is opened, and is not in it
     */
    public byte[] seal(SecretKey key, byte[] plain, byte[] authenticated) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] sealed = Arrays.copyOf(nonce, plain.length + OVERHEAD);
        cipher(Cipher.ENCRYPT_MODE, key, nonce, authenticated).doFinal(plain, 0, plain.length, sealed, NONCE_LENGTH);
        return sealed;
    }

    /**
     * The text that was sealed.
     *
     * @param sealed at least {@link #OVERHEAD} bytes
     * @throws javax.crypto.AEADBadTagException if the bytes, the key or what is authenticated are not what they were
     */
    public byte[] open(SecretKey key, byte[] sealed, byte[] authenticated) throws GeneralSecurityException {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_LENGTH);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, authenticated)
                .doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] authenticated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD(authenticated);
        return cipher;
    }
}
