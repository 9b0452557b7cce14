package io.teleport.router;

import io.teleport.codec.BodyCodec;
import io.teleport.codec.BodyCodecs;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.Metadata;
import io.teleport.session.IncomingMessage;
import org.jspecify.annotations.Nullable;

/** Context of a CALL, with what its handler wants to say about the reply. Not thread-safe: used by one handler. */
public final class CallContext extends MessageContext {

    private final BodyCodecs codecs;

    private final TransferFilters filters;

    private Metadata replyMetadata = Metadata.empty();

    private @Nullable BodyCodec replyCodec;

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

    /**
     * Codec of the reply's body. Unless set, it is the one the caller accepts ({@code X-Accept-Body-Codec}), else the one it used.
     *
     * @throws IllegalArgumentException if the peer has no codec of this name
     */
    public CallContext replyCodec(String name) {
        replyCodec = codecs.byName(name);
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

    @Nullable
    BodyCodec replyCodec() {
        return replyCodec;
    }

    FilterIds addedFilters() {
        return addedFilters;
    }
}
