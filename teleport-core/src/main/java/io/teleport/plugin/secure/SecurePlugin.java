package io.teleport.plugin.secure;

import io.teleport.filter.AesGcmKeys;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.plugin.PreReadCallBodyHook;
import io.teleport.plugin.PreReadPushBodyHook;
import io.teleport.plugin.PreReadReplyBodyHook;
import io.teleport.plugin.PreWriteCallHook;
import io.teleport.plugin.PreWritePushHook;
import io.teleport.plugin.PreWriteReplyHook;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts bodies of messages that say so in their metadata, and decrypts those that came so: see {@link SecureMetadata}. A reply is encrypted when
 * its CALL was, unless the CALL declined it, or when the CALL asked for it. Both sides need the plugin, made in the same way with the same keys.
 *
 * <p>{@link #aesGcm} is for peers that both have this plugin. {@link #weakAsInGo} is for talking to Go Teleport's plugin and for nothing else. One
 * does not read what the other wrote: the other side then answers with the plugin's status, "inconsistent encryption version" in its cause.
 *
 * <p>What neither does: type, service method, metadata and status of a message travel in the clear, error replies are never encrypted, and a message
 * that is repeated or left out is not noticed. TLS does more, and is the better choice wherever the connection ends at the other peer. Bodies of the
 * plain and thrift codecs cannot be encrypted, as in Go.
 *
 * <p>The order among the plugins of a peer matters to those that change bodies: it must be the same on both sides.
 */
public final class SecurePlugin
        implements PreWriteCallHook,
                PreWritePushHook,
                PreWriteReplyHook,
                PreReadCallBodyHook,
                PreReadPushBodyHook,
                PreReadReplyBodyHook {

    private static final String NAME = "secure";

    private final Cryptography cryptography;

    private final int statusCode;

    private final boolean required;

    private SecurePlugin(Cryptography cryptography, int statusCode, boolean required) {
        this.cryptography = cryptography;
        this.statusCode = statusCode;
        this.required = required;
    }

    /**
     * AES-GCM: what was changed on the way, moved to another service method, or encrypted under a key that the ring does not have, is refused.
     * Nonces are random, so a key should encrypt no more than 2<sup>32</sup> bodies.
     *
     * @param statusCode code of the status that refuses a body
     */
    public static SecurePlugin aesGcm(int statusCode, AesGcmKeys keys) {
        Objects.requireNonNull(keys, "keys");
        return aesGcm(statusCode, () -> keys);
    }

    /**
     * As {@link #aesGcm(int, AesGcmKeys)}, with keys that may change while the plugin is in use.
     *
     * @param keys asked for every body, from any thread
     */
    public static SecurePlugin aesGcm(int statusCode, Supplier<AesGcmKeys> keys) {
        return new SecurePlugin(new AesGcm(Objects.requireNonNull(keys, "keys")), statusCode, false);
    }

    /**
     * What Go's plugin does: AES in ECB mode, without authentication. <strong>Weak, for compatibility only:</strong> equal blocks of a body are equal
     * in what is sent, anybody can change, cut and recombine blocks unnoticed, and the answers to such changes tell what was encrypted.
     *
     * @param statusCode code of the status that refuses a body, as Go's plugin takes it
     * @param key 16, 24 or 32 bytes: those of the text that Go's plugin is given
     * @throws IllegalArgumentException if the key has another length
     */
    public static SecurePlugin weakAsInGo(int statusCode, byte[] key) {
        return new SecurePlugin(new GoEcb(key), statusCode, false);
    }

    /**
     * The same, but with encryption of every body that goes out, whatever the metadata says, and refusal of every body that comes in unencrypted.
     * Calls and pushes to a side without the plugin are then pointless. Error replies, which have no body, remain as they are.
     */
    public SecurePlugin required() {
        return new SecurePlugin(cryptography, statusCode, true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void preWriteCall(OutgoingMessage call) {
        if (required) {
            call.metadata(SecureMetadata.withoutRefusalOfSecureReply(call.metadata()));
        }
        seal(call, required);
    }

    @Override
    public void preWritePush(OutgoingMessage push) {
        seal(push, required);
    }

    @Override
    public void preWriteReply(OutgoingMessage reply) {
        IncomingMessage call = reply.call();
        boolean wanted = call != null && SecureMetadata.wantsSecureReply(call.metadata());
        seal(reply, required || wanted);
    }

    private void seal(OutgoingMessage message, boolean wanted) {
        if (!message.status().isOk()) {
            return;
        }
        Metadata metadata = SecureMetadata.withoutFalseMark(message.metadata());
        message.metadata(wanted ? SecureMetadata.withSecure(metadata) : metadata);
        if (SecureMetadata.isSecure(message.metadata())) {
            message.addBodyTransform(new Sealing(message, cryptography, statusCode));
        }
    }

    @Override
    public void preReadCallBody(IncomingMessage call) {
        open(call);
    }

    @Override
    public void preReadPushBody(IncomingMessage push) {
        open(push);
    }

    @Override
    public void preReadReplyBody(IncomingMessage reply) {
        if (reply.status().isOk()) {
            open(reply);
        }
    }

    private void open(IncomingMessage message) {
        message.metadata(SecureMetadata.withoutFalseMark(message.metadata()));
        if (SecureMetadata.isSecure(message.metadata())) {
            message.addBodyTransform(new Opening(message, cryptography, statusCode));
        } else if (required) {
            throw StatusException.withoutStackTrace(
                    refusal(statusCode, "the body is not encrypted, as it has to be here"));
        }
    }

    static Status refusal(int statusCode, @Nullable String cause) {
        return Status.of(statusCode, "decrypt ciphertext error", cause);
    }

    /** How it encrypts; never a key. */
    @Override
    public String toString() {
        return "SecurePlugin[" + cryptography.getClass().getSimpleName() + (required ? ", required]" : "]");
    }
}
