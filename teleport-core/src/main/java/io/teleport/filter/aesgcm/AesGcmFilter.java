package io.teleport.filter.aesgcm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.filter.AesGcmBox;
import io.teleport.filter.AesGcmKeys;
import io.teleport.filter.FilterException;
import io.teleport.filter.FilterLimitException;
import io.teleport.filter.TransferFilter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/**
 * Encrypts and authenticates with AES-GCM. What was changed on the way, or encrypted under a key this ring does not have, is refused.
 *
 * <p>Layout: 1 byte with the length of the key id, the key id in ASCII, 12 random bytes of nonce, the ciphertext, 16 bytes of tag. Length and
 * key id are authenticated with the content.
 *
 * <p>What it does not do: a filter covers the content of one message, so it neither notices a message that is repeated or left out, nor keeps a
 * peer from sending without the filter. Nonces are random, so a key should encrypt no more than 2<sup>32</sup> messages before another one
 * becomes current.
 */
public final class AesGcmFilter implements TransferFilter {

    private static final String NAME = "aes-gcm";

    private final int id;

    private final Supplier<AesGcmKeys> keys;

    private final AesGcmBox box = new AesGcmBox();

    /** @param id the id both sides agreed upon */
    public AesGcmFilter(int id, AesGcmKeys keys) {
        this(id, always(keys));
    }

    private static Supplier<AesGcmKeys> always(AesGcmKeys keys) {
        Objects.requireNonNull(keys, "keys");
        return () -> keys;
    }

    /**
     * A filter whose keys may change while it is in use.
     *
     * @param id the id both sides agreed upon
     * @param keys asked for every message, from any thread
     */
    public AesGcmFilter(int id, Supplier<AesGcmKeys> keys) {
        this.id = id;
        this.keys = keys;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void encode(ByteBuf in, ByteBuf out) {
        AesGcmKeys ring = keys.get();
        String keyId = ring.currentId();
        SecretKey key = Objects.requireNonNull(ring.byId(keyId));
        byte[] prefix = prefix(keyId);
        byte[] sealed;
        try {
            sealed = box.seal(key, ByteBufUtil.getBytes(in), prefix);
        } catch (GeneralSecurityException e) {
            throw new FilterException("aes-gcm: content cannot be encrypted", e);
        }
        out.writeBytes(prefix).writeBytes(sealed);
    }

    @Override
    public void decode(ByteBuf in, ByteBuf out, int limit) {
        ByteBuf rest = in.duplicate();
        String keyId = readKeyId(rest);
        int length = rest.readableBytes() - AesGcmBox.OVERHEAD;
        if (length < 0) {
            throw malformed();
        }
        if (length > limit) {
            throw new FilterLimitException(NAME, limit);
        }
        SecretKey key = keys.get().byId(keyId);
        if (key == null) {
            throw new FilterException("aes-gcm: unknown key id " + keyId);
        }
        try {
            out.writeBytes(box.open(key, ByteBufUtil.getBytes(rest), prefix(keyId)));
        } catch (GeneralSecurityException e) {
            throw new FilterException("aes-gcm: check failed, the content is not what was encrypted", e);
        }
    }

    private static String readKeyId(ByteBuf in) {
        int length = in.isReadable() ? in.readUnsignedByte() : 0;
        if (length > in.readableBytes()) {
            throw malformed();
        }
        // Checked before it is used in any message: it may be anything.
        String keyId = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
        if (!AesGcmKeys.isId(keyId)) {
            throw malformed();
        }
        return keyId;
    }

    private static FilterException malformed() {
        return new FilterException("aes-gcm: check failed, this is not content of the filter");
    }

    private static byte[] prefix(String keyId) {
        byte[] prefix = new byte[1 + keyId.length()];
        prefix[0] = (byte) keyId.length();
        System.arraycopy(keyId.getBytes(StandardCharsets.US_ASCII), 0, prefix, 1, keyId.length());
        return prefix;
    }

    /** Id and name; never a key. */
    @Override
    public String toString() {
        return "AesGcmFilter[id=" + id + "]";
    }
}
