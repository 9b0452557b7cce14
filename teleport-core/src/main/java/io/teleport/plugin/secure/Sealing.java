package io.teleport.plugin.secure;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.codec.BodyTransform;
import io.teleport.codec.CodecException;
import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.session.OutgoingMessage;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Puts the body of one message into an envelope. */
record Sealing(OutgoingMessage message, Cryptography cryptography, int statusCode) implements BodyTransform {

    @Override
    public void transform(ByteBuf in, ByteBuf out, int limit) {
        Envelope envelope;
        try {
            envelope = cryptography.seal(ByteBufUtil.getBytes(in), Place.of(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The body cannot be encrypted", e);
        }
        EnvelopeForms.write(envelope, message.bodies(), message.bodyCodec(), out);
    }

    /** As in Go, where a reply is answered in the usual way. */
    @Override
    public @Nullable Status codecRefused(CodecException refusal) {
        return message.type() == MessageType.REPLY
                ? null
                : Status.of(statusCode, "marshal raw body error", refusal.getMessage());
    }
}
