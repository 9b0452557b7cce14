package io.teleport.protocol.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import io.teleport.message.Metadata;

/** How a request of a client that is no Teleport peer becomes a message. */
final class RequestReading {

    private static final String ACCEPT_BODY_CODEC = "X-Accept-Body-Codec";

    private RequestReading() {}

    /** The codec of its body. */
    static int codec(Head request, ByteBuf body) {
        int codec = MediaTypes.codecOfAnyClient(request.contentType());
        if (codec == MediaTypes.UNKNOWN) {
            throw Refusal.UNSUPPORTED_MEDIA_TYPE.because(
                    "Content-Type " + Refusal.quote(request.contentType()) + " belongs to no codec");
        }
        return codec == MediaTypes.FORM && isJson(body) ? MediaTypes.JSON : codec;
    }

    /** Forms escape these brackets, so a body that begins with one was only not given its type. */
    private static boolean isJson(ByteBuf body) {
        int first = body.forEachByte(ByteProcessor.FIND_NON_LINEAR_WHITESPACE);
        while (first >= 0 && (body.getByte(first) == '\n' || body.getByte(first) == '\r')) {
            first = body.forEachByte(
                    first + 1, body.writerIndex() - first - 1, ByteProcessor.FIND_NON_LINEAR_WHITESPACE);
        }
        return first >= 0 && (body.getByte(first) == '[' || body.getByte(first) == '{');
    }

    /** Its metadata, with the codec it wants for the answer where it says so in HTTP's own way or nobody would want that of the request. */
    static Metadata metadata(Head request, int codec) {
        Metadata metadata = request.metadata();
        int accepted = request.accept().isEmpty() ? MediaTypes.UNKNOWN : MediaTypes.codecOfAnyClient(request.accept());
        if (accepted == MediaTypes.UNKNOWN && codec == MediaTypes.FORM) {
            accepted = MediaTypes.JSON;
        }
        return accepted == MediaTypes.UNKNOWN || metadata.contains(ACCEPT_BODY_CODEC)
                ? metadata
                : metadata.with(ACCEPT_BODY_CODEC, Integer.toString(accepted));
    }
}
