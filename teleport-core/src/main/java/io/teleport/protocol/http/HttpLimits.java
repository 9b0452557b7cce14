package io.teleport.protocol.http;

/** How much there may be of what precedes a body, in both directions. */
final class HttpLimits {

    /** Bytes of the first line. */
    static final int REQUEST_LINE = 8 * 1024;

    /** Bytes of the first line and all headers; enough for metadata that are too long for raw. */
    static final int HEAD = 128 * 1024;

    /** Headers of a message, trailers included. */
    static final int FIELDS = 1_000;

    /** Bytes of the line in front of a chunk, its extensions included. */
    static final int CHUNK_LINE = 1024;

    private HttpLimits() {}
}
