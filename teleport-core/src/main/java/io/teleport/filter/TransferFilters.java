package io.teleport.filter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.teleport.message.FilterIds;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transfer filters of a peer, by id and by name, and the pipe made of them: packing applies a message's filters from last to first, reading
 * undoes them from first to last, so the first id is the outermost. Immutable.
 */
public final class TransferFilters {

    /** Times the limit that the steps of one pipe may produce together. */
    private static final int PIPE_BUDGET = 8;

    private final @Nullable TransferFilter[] byId = new TransferFilter[256];

    private final Map<String, TransferFilter> byName = new LinkedHashMap<>();

    private TransferFilters(Collection<? extends TransferFilter> filters) {
        for (TransferFilter filter : filters) {
            add(filter);
        }
    }

    /**
     * A registry of these filters.
     *
     * @throws IllegalArgumentException if an id is outside 0 to 255, or two filters share an id or a name
     */
    public static TransferFilters of(Collection<? extends TransferFilter> filters) {
        return new TransferFilters(filters);
    }

    private void add(TransferFilter filter) {
        int id = filter.id();
        if (id < 0 || id > 255) {
            throw new IllegalArgumentException(
                    "Transfer filter '" + filter.name() + "' has id " + id + " (expected 0 to 255)");
        }
        TransferFilter sameId = byId[id];
        if (sameId != null) {
            throw new IllegalArgumentException(
                    "Transfer filters '" + sameId.name() + "' and '" + filter.name() + "' both have id " + id);
        }
        if (byName.putIfAbsent(filter.name(), filter) != null) {
            throw new IllegalArgumentException("Two transfer filters are named '" + filter.name() + "'");
        }
        byId[id] = filter;
    }

    /** Whether a filter has this id. */
    public boolean knows(int id) {
        return id >= 0 && id <= 255 && byId[id] != null;
    }

    /** The filter with this id, null if there is none. */
    public @Nullable TransferFilter byId(int id) {
        return knows(id) ? byId[id] : null;
    }

    /** The first registered filter with this name, or else with this {@link TransferFilter#contentCoding()}; null if there is none. */
    public @Nullable TransferFilter byNameOrCoding(String name, String contentCoding) {
        TransferFilter named = byName.get(name);
        if (named != null || contentCoding.isEmpty()) {
            return named;
        }
        return byName.values().stream()
                .filter(filter -> filter.contentCoding().equals(contentCoding))
                .findFirst()
                .orElse(null);
    }

    /**
     * The filter with this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public TransferFilter byName(String name) {
        TransferFilter filter = byName.get(name);
        if (filter == null) {
            throw new IllegalArgumentException(
                    "Unknown transfer filter '" + name + "' (known: " + byName.keySet() + ")");
        }
        return filter;
    }

    /**
     * Applies a pipe.
     *
     * @param content bytes to transform; released, unless the pipe is empty, when it is the result
     * @param limit bytes of a message at the most; all steps together may read {@value #PIPE_BUDGET} times as many
     * @return the transformed bytes, owned by the caller
     * @throws FilterException if an id is unknown or a filter fails, or the steps would read too much; the content is released then
     */
    public ByteBuf encode(FilterIds pipe, ByteBuf content, ByteBufAllocator allocator, int limit) {
        ByteBuf current = content;
        // A caller names the filters of its reply: 255 of them must not keep a thread busy with a long one.
        long budget = (long) limit * PIPE_BUDGET;
        for (int i = pipe.size() - 1; i >= 0; i--) {
            budget -= current.readableBytes();
            if (budget < 0) {
                current.release();
                throw beyondBudget(pipe, limit);
            }
            current = step(pipe.get(i), current, allocator, TransferFilter::encode);
        }
        return current;
    }

    private static FilterLimitException beyondBudget(FilterIds pipe, int limit) {
        return new FilterLimitException("pipe of " + pipe.size() + " filters", (long) limit * PIPE_BUDGET);
    }

    /**
     * Undoes a pipe.
     *
     * @param content bytes to transform back; released, unless the pipe is empty, when it is the result
     * @param limit bytes that any step may produce at the most; all steps together, {@value #PIPE_BUDGET} times as many
     * @return the original bytes, owned by the caller
     * @throws FilterException if an id is unknown or a filter refuses; the content is released then
     */
    public ByteBuf decode(FilterIds pipe, ByteBuf content, ByteBufAllocator allocator, int limit) {
        ByteBuf current = content;
        // Each step is limited by itself; together they must not keep the event loop busy with a small frame that names
        // 255 filters.
        long budget = (long) limit * PIPE_BUDGET;
        for (int i = 0; i < pipe.size(); i++) {
            current = step(pipe.get(i), current, allocator, (filter, in, out) -> filter.decode(in, out, limit));
            budget -= current.readableBytes();
            if (budget < 0) {
                current.release();
                throw beyondBudget(pipe, limit);
            }
        }
        return current;
    }

    private ByteBuf step(int id, ByteBuf in, ByteBufAllocator allocator, Step step) {
        ByteBuf out = allocator.buffer(in.readableBytes() + 64);
        boolean done = false;
        try {
            TransferFilter filter = byId[id];
            if (filter == null) {
                throw FilterException.unsupported(id);
            }
            step.run(filter, in, out);
            done = true;
            return out;
        } finally {
            in.release();
            if (!done) {
                out.release();
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void run(TransferFilter filter, ByteBuf in, ByteBuf out);
    }
}
