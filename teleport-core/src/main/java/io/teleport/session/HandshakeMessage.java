package io.teleport.session;

import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent before a session is open. Immutable.
 *
 * @param codec name of the body's codec, null for the peer's default
 * @param body an object for the codec, bytes as they are, or null for none
 */
public record HandshakeMessage(
        MessageType type,
        String serviceMethod,
        Status status,
        Metadata metadata,
        @Nullable String codec,
        @Nullable Object body) {

    /** A message with a body in the peer's default codec and nothing else. */
    public static HandshakeMessage of(MessageType type, String serviceMethod, @Nullable Object body) {
        return new HandshakeMessage(type, serviceMethod, Status.OK, Metadata.empty(), null, body);
    }

    /** The same with another status. */
    public HandshakeMessage withStatus(Status newStatus) {
        return new HandshakeMessage(type, serviceMethod, newStatus, metadata, codec, body);
    }

    /** The same with other metadata. */
    public HandshakeMessage withMetadata(Metadata newMetadata) {
        return new HandshakeMessage(type, serviceMethod, status, newMetadata, codec, body);
    }

    /** The same with another codec; null for the peer's default. */
    public HandshakeMessage withCodec(@Nullable String name) {
        return new HandshakeMessage(type, serviceMethod, status, metadata, name, body);
    }

    /** Never the body, which may be a secret. */
    @Override
    public String toString() {
        return type + " " + serviceMethod + " " + status;
    }
}
