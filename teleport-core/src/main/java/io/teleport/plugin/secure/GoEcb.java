package io.teleport.plugin.secure;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Go's plugin does, as recorded in {@code secure.json} of the wire vectors: AES in ECB mode with PKCS#7 padding, in hex; the version is the
 * MD5 of the key. Error texts are Go's.
 */
final class GoEcb implements Cryptography {

    private static final int BLOCK = 16;

    private final SecretKeySpec key;

    private final String version;

    GoEcb(byte[] key) {
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new IllegalArgumentException("Key of " + key.length + " bytes (expected 16, 24 or 32)");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.version = md5(key);
    }

    private static String md5(byte[] key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    String version() {
        return version;
    }

    @Override
    public Envelope seal(byte[] body, byte[] place) throws GeneralSecurityException {
        byte[] padded = Arrays.copyOf(body, (body.length / BLOCK + 1) * BLOCK);
        Arrays.fill(padded, body.length, padded.length, (byte) (padded.length - body.length));
        return new Envelope(
                version, HexFormat.of().formatHex(cipher(Cipher.ENCRYPT_MODE).doFinal(padded)));
    }

    @Override
    public byte[] open(Envelope envelope, byte[] place) throws GeneralSecurityException {
        // An empty one, too, which Go takes for an empty body: anyone could send that.
        if (!envelope.version().equals(version)) {
            throw Refusals.version(envelope.version(), version);
        }
        byte[] encrypted = HexText.parse(envelope.ciphertext());
        if (encrypted.length == 0) {
            throw new IllegalBlockSizeException("input padded bytes is empty");
        }
        if (encrypted.length % BLOCK != 0) {
            throw new IllegalBlockSizeException("crypto/aes: input not full block");
        }
        return withoutPadding(cipher(Cipher.DECRYPT_MODE).doFinal(encrypted));
    }

    /** Stricter than Go, which takes a padding of no bytes, or of more than a block, for one. */
    private static byte[] withoutPadding(byte[] padded) throws BadPaddingException {
        int padding = padded[padded.length - 1] & 0xff;
        if (padding > padded.length) {
            throw new BadPaddingException("input padded bytes is invalid");
        }
        int length = padded.length - padding;
        boolean isPadding = padding >= 1 && padding <= BLOCK;
        for (int i = length; i < padded.length; i++) {
            isPadding &= padded[i] == (byte) padding;
        }
        if (!isPadding) {
            throw new BadPaddingException("remove pad error");
        }
        return Arrays.copyOf(padded, length);
    }

    @SuppressWarnings("InsecureCryptoUsage") // it is, and what a Go peer understands
    private Cipher cipher(int mode) throws GeneralSecurityException {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the length of the key was checked", e);
        }
    }
}
