package io.teleport.router;

import io.teleport.codec.BodyCodecs;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.Metadata;
import io.teleport.session.IncomingMessage;

/** Context of a CALL, with what its handler wants to say about the reply. Not thread-safe: used by one handler. */
public final class CallContext extends MessageContext {

    static final int NOT_SAID = -1;

    private final BodyCodecs codecs;

    private final TransferFilters filters;

    private Metadata replyMetadata = Metadata.empty();

    private int replyCodec = NOT_SAID;

    private FilterIds addedFilters = FilterIds.none();

    CallContext(IncomingMessage message, Cancellation cancellation, BodyCodecs codecs, TransferFilters filters) {
        super(message, cancellation);
        this.codecs = codecs;
        this.filters = filters;
    }

    /** Adds a pair to the reply's metadata; sent with an error reply, too. */
    public CallContext replyMeta(String key, String value) {
        replyMetadata = replyMetadata.toBuilder().add(key, value).build();
        return this;
    }

    /** Adds every pair in order; sent with an error reply, too. */
    public CallContext replyMeta(Metadata more) {
        replyMetadata = replyMetadata.plus(more);
        return this;
    }

    /**
     * Codec of the reply's body. Unless set, it is the one the caller accepts ({@code X-Accept-Body-Codec}), else the one it used.
     *
     * @throws IllegalArgumentException if the peer has no codec of this name
     */
    public CallContext replyCodec(String name) {
        replyCodec = codecs.byName(name).id();
        return this;
    }

    /**
     * Id of the codec of a reply that is bytes already; whether the peer has that codec does not matter then.
     *
     * @throws IllegalArgumentException if it is not one of 0 to 255
     */
    public CallContext replyCodec(int id) {
        if (id < 0 || id > 255) {
            throw new IllegalArgumentException("Codec id " + id + " (expected 0 to 255)");
        }
        replyCodec = id;
        return this;
    }

    /**
     * Adds a transfer filter to the reply, inside those of the call, which are used anyway.
     *
     * @throws IllegalArgumentException if the peer has no filter of this name
     */
    public CallContext replyFilter(String name) {
        addedFilters = addedFilters.plus(filters.byName(name).id());
        return this;
    }

    Metadata replyMetadata() {
        return replyMetadata;
    }

    /** {@link #NOT_SAID} if the handler names none. */
    int replyCodec() {
        return replyCodec;
    }

    FilterIds addedFilters() {
        return addedFilters;
    }
}
