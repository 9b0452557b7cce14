package io.teleport.plugin.secure;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.BodyTransform;
import io.teleport.codec.CodecException;
import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.session.IncomingMessage;
import java.security.GeneralSecurityException;

/** Takes the body of one message out of its envelope. */
record Opening(IncomingMessage message, Cryptography cryptography, int statusCode) implements BodyTransform {

    @Override
    public void transform(ByteBuf in, ByteBuf out, int limit) {
        Envelope envelope =
                EnvelopeForms.read(in, message.bodies(), message.header().bodyCodec());
        try {
            out.writeBytes(cryptography.open(envelope, Place.of(message)));
        } catch (GeneralSecurityException e) {
            throw new StatusException(SecurePlugin.refusal(statusCode, e.getMessage()), e);
        }
    }

    @Override
    public Status codecRefused(CodecException refusal) {
        return Status.of(statusCode, "unmarshal raw body error", refusal.getMessage());
    }
}
