package io.teleport.message;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ids of the transfer filters of a message, outermost first, as they stand in the frame. Immutable.
 *
 * <p>At most {@value #MAX_FILTERS} filters fit: the length of the list is one byte on the wire ({@code raw.json}).
 */
public final class FilterIds {

    /** How many filters one message may name. */
    public static final int MAX_FILTERS = 255;

    private static final FilterIds NONE = new FilterIds(new byte[0]);

    private final byte[] ids;

    private FilterIds(byte[] ids) {
        this.ids = ids;
    }

    /** No filter. */
    public static FilterIds none() {
        return NONE;
    }

    /**
     * The given ids, outermost first.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_FILTERS} or one is outside 0 to 255
     */
    public static FilterIds of(int... ids) {
        FilterIds result = NONE;
        for (int id : ids) {
            result = result.plus(id);
        }
        return result;
    }

    /** Takes {@code count} ids from {@code in}. */
    public static FilterIds read(ByteBuf in, int count) {
        if (count == 0) {
            return NONE;
        }
        byte[] ids = new byte[count];
        in.readBytes(ids);
        return new FilterIds(ids);
    }

    /**
     * These ids and one more, which becomes the innermost: the first to be applied when packing.
     *
     * @throws IllegalArgumentException if the list is full or the id is outside 0 to 255
     */
    public FilterIds plus(int id) {
        if (id < 0 || id > 255) {
            throw new IllegalArgumentException("Filter id " + id + " is not a byte (0 to 255)");
        }
        if (ids.length == MAX_FILTERS) {
            throw new IllegalArgumentException("A message takes at most " + MAX_FILTERS + " transfer filters");
        }
        byte[] more = Arrays.copyOf(ids, ids.length + 1);
        more[ids.length] = (byte) id;
        return new FilterIds(more);
    }

    /** These ids followed by all of {@code inner}. */
    public FilterIds plus(FilterIds inner) {
        FilterIds result = this;
        for (int i = 0; i < inner.size(); i++) {
            result = result.plus(inner.get(i));
        }
        return result;
    }

    public int size() {
        return ids.length;
    }

    public boolean isEmpty() {
        return ids.length == 0;
    }

    /** The id at a position, 0 being the outermost filter; 0 to 255. */
    public int get(int index) {
        return ids[index] & 0xff;
    }

    /** Appends the ids as they stand in a frame. */
    public void write(ByteBuf out) {
        out.writeBytes(ids);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilterIds that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return IntStream.range(0, size())
                .mapToObj(i -> Integer.toString(get(i)))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
