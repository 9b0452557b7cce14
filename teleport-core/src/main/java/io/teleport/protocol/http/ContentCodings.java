package io.teleport.protocol.http;

import io.teleport.filter.TransferFilter;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.protocol.EncodeException;
import org.jspecify.annotations.Nullable;

/** The one filter that a message may have: one that HTTP has a content coding for, named as the other side names it. Thread-safe. */
final class ContentCodings {

    private record Used(int id, String name) {}

    private final TransferFilters filters;

    /** What the other side called a filter of ours when it last used it. */
    private volatile @Nullable Used used;

    ContentCodings(TransferFilters filters) {
        this.filters = filters;
    }

    /** The filter that a message came through. */
    FilterIds of(Head head) {
        String coding = head.contentEncoding();
        String name = head.filterName();
        if (name == null && (head.isTeleport() || coding.isEmpty() || coding.equals("identity"))) {
            // Go takes no notice of a Content-Encoding alone.
            return FilterIds.none();
        }
        TransferFilter filter = filters.byNameOrCoding(name == null ? "" : name, coding);
        if (filter == null || filter.contentCoding().isEmpty()) {
            throw Refusal.UNSUPPORTED_MEDIA_TYPE.because(
                    "nobody here undoes the content coding " + Refusal.quote(name == null ? coding : name));
        }
        if (name != null) {
            used = new Used(filter.id(), name);
        }
        return FilterIds.of(filter.id());
    }

    /**
     * Appends the headers for the filters of a message of ours.
     *
     * @throws EncodeException if they cannot be told to the other side
     */
    void write(FilterIds ids, HeadWriter head) {
        for (int i = ids.size() - 1; i >= 0; i--) {
            TransferFilter filter = filters.byId(ids.get(i));
            if (filter == null) {
                throw new EncodeException("http: unsupported transfer filter id: " + ids.get(i));
            }
            if (filter.contentCoding().isEmpty()) {
                throw new EncodeException("http: unsupported transfer filter: " + filter.name());
            }
            if (ids.size() > 1) {
                throw new EncodeException("http: a message has " + ids.size() + " transfer filters (at most 1)");
            }
            Used before = used;
            head.add("Content-Encoding", filter.contentCoding());
            head.add(
                    "X-Content-Encoding", before != null && before.id() == filter.id() ? before.name() : filter.name());
        }
    }
}
