package io.teleport.plugin.secure;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.Bodies;
import io.teleport.codec.CodecException;
import org.jspecify.annotations.Nullable;

/** The envelope as a body of each codec, as recorded in {@code secure.json} of the wire vectors. */
final class EnvelopeForms {

    private static final Envelope NOTHING = new Envelope("", "");

    private EnvelopeForms() {}

    /** @throws CodecException if the codec is unknown or has no form of an envelope */
    static void write(Envelope envelope, Bodies bodies, int codec, ByteBuf out) {
        requireAble(bodies, codec);
        switch (codec) {
            case 'p' -> ProtobufEnvelope.write(envelope, out);
            case 'j' ->
                bodies.writer(new JsonEncrypt(envelope.version(), envelope.ciphertext()), codec)
                        .writeTo(out);
            default ->
                bodies.writer(new Encrypt(envelope.version(), envelope.ciphertext()), codec)
                        .writeTo(out);
        }
    }

    /**
     * Reads an envelope; what is missing in it is empty.
     *
     * @throws CodecException if the codec is unknown or has no form of an envelope, or this is none
     */
    static Envelope read(ByteBuf body, Bodies bodies, int codec) {
        requireAble(bodies, codec);
        if (!body.isReadable()) {
            return NOTHING;
        }
        return switch (codec) {
            case 'p' -> ProtobufEnvelope.read(body);
            case 'j' ->
                bodies.read(body, codec, JsonEncrypt.class) instanceof JsonEncrypt read
                        ? envelope(read.cipherversion(), read.ciphertext())
                        : NOTHING;
            default ->
                bodies.read(body, codec, Encrypt.class) instanceof Encrypt read
                        ? envelope(read.cipherversion(), read.ciphertext())
                        : NOTHING;
        };
    }

    private static Envelope envelope(@Nullable String version, @Nullable String ciphertext) {
        return new Envelope(version == null ? "" : version, ciphertext == null ? "" : ciphertext);
    }

    private static void requireAble(Bodies bodies, int codec) {
        if (!bodies.knows(codec)) {
            throw CodecException.unsupported(codec);
        }
        if (codec == 's' || codec == 't') {
            throw new CodecException("secure: the " + (codec == 's' ? "plain" : "thrift")
                    + " codec cannot carry an encrypted body (expected json, protobuf, form or xml)");
        }
    }
}
