package io.teleport.plugin.secure;

import io.teleport.message.Metadata;

/**
 * The metadata by which a message says that its body is encrypted, and a CALL what it wants of its reply. Keys and values are case-sensitive.
 *
 * <p>For one message: {@code session.request("/a").metadata(SecureMetadata.ENCRYPTED)}; for one reply:
 * {@code context.replyMeta(SecureMetadata.SECURE, SecureMetadata.TRUE)}. Either has an effect only on a peer with the {@link SecurePlugin}.
 */
public final class SecureMetadata {

    /** Key whose value {@value #TRUE} encrypts a body, and says of a received one that it is. Any other value is removed. */
    public static final String SECURE = "X-Secure";

    /**
     * Key of a CALL: {@value #TRUE} asks for an encrypted reply, {@value #FALSE} declines it. Any other value, or none, wants the reply to be as
     * the CALL.
     */
    public static final String ACCEPT_SECURE = "X-Accept-Secure";

    public static final String TRUE = "true";

    public static final String FALSE = "false";

    /** Encrypts the body of this message, and of its reply. */
    public static final Metadata ENCRYPTED = Metadata.of(SECURE, TRUE);

    /** Leaves the body of a CALL as it is and asks for an encrypted reply. */
    public static final Metadata ENCRYPTED_REPLY = Metadata.of(ACCEPT_SECURE, TRUE);

    /** Encrypts the body of a CALL and declines an encrypted reply. */
    public static final Metadata ENCRYPTED_CALL_ONLY = Metadata.of(SECURE, TRUE, ACCEPT_SECURE, FALSE);

    private SecureMetadata() {}

    static boolean isSecure(Metadata metadata) {
        return TRUE.equals(metadata.get(SECURE));
    }

    /** Whether the REPLY of a CALL with this metadata is to be encrypted. */
    static boolean wantsSecureReply(Metadata call) {
        String accept = call.get(ACCEPT_SECURE);
        return isSecure(call) ? !FALSE.equals(accept) : TRUE.equals(accept);
    }

    static Metadata withSecure(Metadata metadata) {
        return isSecure(metadata) ? metadata : metadata.with(SECURE, TRUE);
    }

    /** Without the mark if it says anything but that the body is encrypted. */
    static Metadata withoutFalseMark(Metadata metadata) {
        return isSecure(metadata) ? metadata : metadata.without(SECURE);
    }

    static Metadata withoutRefusalOfSecureReply(Metadata call) {
        return FALSE.equals(call.get(ACCEPT_SECURE)) ? call.without(ACCEPT_SECURE) : call;
    }
}
