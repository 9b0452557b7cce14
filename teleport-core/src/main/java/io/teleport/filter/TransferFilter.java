package io.teleport.filter;

import io.netty.buffer.ByteBuf;

/**
 * A reversible transformation of a packed message. Implementations are thread-safe.
 *
 * <p>The id travels in the frame; Go applications choose their own (customary: {@code g} for gzip, {@code m} for md5), so an id must be
 * the same on both sides.
 */
public interface TransferFilter {

    /** Id on the wire, 0 to 255. */
    int id();

    /** Name in code and configuration. */
    String name();

    /** The HTTP content coding in whose form the output is, such as {@code gzip}; empty, the default, where it is in none. */
    default String contentCoding() {
        return "";
    }

    /**
     * Appends the transformed readable bytes of {@code in} to {@code out}.
     *
     * @throws FilterException if that cannot be done
     */
    void encode(ByteBuf in, ByteBuf out);

    /**
     * Appends the original of the readable bytes of {@code in} to {@code out}.
     *
     * @param limit bytes that may be appended at the most; memory used stays in proportion to it
     * @throws FilterLimitException if the original is longer
     * @throws FilterException if the bytes are not what {@link #encode} makes
     */
    void decode(ByteBuf in, ByteBuf out, int limit);
}
