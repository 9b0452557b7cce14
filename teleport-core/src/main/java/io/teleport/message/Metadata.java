package io.teleport.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The key-value pairs that travel beside a message body: ordered, keys may repeat, keys are case-sensitive.
 *
 * <p>Immutable and safe to share between threads. Metadata read from the wire stays as its bytes, of which each look makes text of
 * what it asks for. Only {@link #entries()}, {@link #toBuilder()} and comparisons make objects of all pairs, which can take thirty times
 * the memory of the bytes; {@link #forEach} does without. No input makes reading fail. Text that was not UTF-8 survives reading
 * and writing (see {@link WireText}).
 *
 * <p>Encoding, parsing and the reading operations behave as recorded in {@code meta.json} of the wire vectors. A pair of
 * empty key and empty value is written, but a reader drops it.
 */
public final class Metadata {

    private static final byte[] NO_BYTES = {};
    private static final Metadata EMPTY = new Metadata(NO_BYTES, List.of());

    /** One pair. */
    public record Entry(String key, String value) {
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /** What was read from the wire; without meaning where {@link #given} is set. */
    private final byte[] query;

    /** Key, value, key, value, …; null where this metadata was read from the wire. */
    private final @Nullable List<String> given;

    private Metadata(byte[] query, @Nullable List<String> given) {
        this.query = query;
        this.given = given;
    }

    private static Metadata ofPairs(List<String> pairs) {
        return pairs.isEmpty() ? EMPTY : new Metadata(NO_BYTES, pairs);
    }

    /** Gives the metadata without any pair, always the same object. */
    public static Metadata empty() {
        return EMPTY;
    }

    /** Gives metadata of one pair. */
    public static Metadata of(String key, String value) {
        return ofPairs(List.of(key, value));
    }

    /** Gives metadata of two pairs in this order; the keys may be equal. */
    public static Metadata of(String key1, String value1, String key2, String value2) {
        return ofPairs(List.of(key1, value1, key2, value2));
    }

    /** Reads the query form; see {@link #parse(ByteBuf, int)}. */
    public static Metadata parse(String query) {
        return query.isEmpty() ? EMPTY : new Metadata(WireText.toBytes(query), null);
    }

    /**
     * Reads the query form from the next {@code length} bytes and advances the reader index by as many. The bytes are
     * copied, so the buffer may be released or reused at once.
     *
     * @throws IndexOutOfBoundsException if fewer bytes are readable; nothing is read then
     */
    public static Metadata parse(ByteBuf in, int length) {
        return length == 0 ? EMPTY : new Metadata(QueryText.read(in, length), null);
    }

    /** Starts new metadata without any pair. */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /** Starts new metadata with the pairs of this one. */
    public Builder toBuilder() {
        return new Builder(pairs());
    }

    /** Gives this metadata with one pair changed, as {@link Builder#set} does. */
    public Metadata with(String key, String value) {
        // A pair of nothing, which readers drop, has to stay an object to be there.
        boolean nothing = key.isEmpty() && value.isEmpty();
        return given == null && !nothing
                ? withReceived(key, value)
                : toBuilder().set(key, value).build();
    }

    private Metadata withReceived(String key, String value) {
        QueryPairs pairs = new QueryPairs(query);
        boolean there = pairs.next(key);
        int before = there ? pairs.start() : query.length;
        int after = there ? pairs.end() : query.length;
        ByteBuf changed = Unpooled.buffer(query.length + key.length() + value.length() + 2);
        changed.writeBytes(query, 0, before);
        if (!there && before > 0) {
            changed.writeByte('&');
        }
        new PairWriter(changed).write(key, value);
        changed.writeBytes(query, after, query.length - after);
        return new Metadata(QueryText.read(changed, changed.readableBytes()), null);
    }

    /** Gives this metadata without any pair of the key. */
    public Metadata without(String key) {
        if (given == null) {
            return withoutReceived(key);
        }
        return indexOf(key, given) < 0 ? this : toBuilder().remove(key).build();
    }

    private Metadata withoutReceived(String key) {
        QueryPairs pairs = new QueryPairs(query);
        if (!pairs.next(key)) {
            return this;
        }
        byte[] rest = new byte[query.length];
        int copied = 0;
        int from = 0;
        do {
            System.arraycopy(query, from, rest, copied, pairs.start() - from);
            copied += pairs.start() - from;
            from = Math.min(pairs.end() + 1, query.length);
        } while (pairs.next(key));
        System.arraycopy(query, from, rest, copied, query.length - from);
        copied += query.length - from;
        return copied == 0 ? EMPTY : new Metadata(Arrays.copyOf(rest, copied), null);
    }

    /** Gives the first value of the key, null if the key is absent. */
    public @Nullable String get(String key) {
        if (given == null) {
            QueryPairs pairs = new QueryPairs(query);
            return pairs.next(key) ? pairs.value() : null;
        }
        int i = indexOf(key, given);
        return i < 0 ? null : given.get(i + 1);
    }

    /** Gives the first value of the key, or the fallback if the key is absent; an empty value is a value. */
    public String get(String key, String fallback) {
        String value = get(key);
        return value == null ? fallback : value;
    }

    /** Gives every value of the key in order, an empty list if the key is absent. */
    public List<String> getAll(String key) {
        List<String> values = new ArrayList<>(2);
        if (given == null) {
            QueryPairs pairs = new QueryPairs(query);
            while (pairs.next(key)) {
                values.add(pairs.value());
            }
        } else {
            for (int i = 0; i < given.size(); i += 2) {
                if (given.get(i).equals(key)) {
                    values.add(given.get(i + 1));
                }
            }
        }
        return List.copyOf(values);
    }

    /** Tells whether the key is there, with or without a value. */
    public boolean contains(String key) {
        return given == null ? new QueryPairs(query).next(key) : indexOf(key, given) >= 0;
    }

    /**
     * Reads the first value of the key as a whole number.
     *
     * @return empty if the key is absent or its value is anything but 1 to 18 decimal digits
     */
    public OptionalLong getUnsignedInt(String key) {
        return UnsignedNumbers.parseInt(get(key));
    }

    /**
     * Reads the first value of the key as a number such as {@code 12}, {@code 1.5} or {@code 1.5e-3}.
     *
     * @return empty if the key is absent or its value has a sign in front, other characters, no digit, or is beyond the
     *     range of a double
     */
    public OptionalDouble getUnsignedFloat(String key) {
        return UnsignedNumbers.parseFloat(get(key));
    }

    /**
     * Reads the first value of the key as a truth value. As in Go, only {@code 1}, {@code y} and {@code yes} are true;
     * everything else is false, even {@code true}.
     */
    public boolean getBoolean(String key) {
        String value = get(key);
        return "1".equals(value) || "y".equals(value) || "yes".equals(value);
    }

    /** Counts the pairs, repeated keys included. */
    public int size() {
        if (given != null) {
            return given.size() / 2;
        }
        QueryPairs pairs = new QueryPairs(query);
        int count = 0;
        while (pairs.next()) {
            count++;
        }
        return count;
    }

    /** Tells whether there is no pair. */
    public boolean isEmpty() {
        return given == null ? !new QueryPairs(query).next() : given.isEmpty();
    }

    /** Gives each pair in order, key and value, without making objects of all at once. */
    public void forEach(BiConsumer<String, String> pair) {
        if (given == null) {
            QueryPairs pairs = new QueryPairs(query);
            while (pairs.next()) {
                pair.accept(pairs.key(), pairs.value());
            }
        } else {
            for (int i = 0; i < given.size(); i += 2) {
                pair.accept(given.get(i), given.get(i + 1));
            }
        }
    }

    /** Gives the pairs in order; the list cannot be changed. */
    public List<Entry> entries() {
        List<String> all = pairs();
        Entry[] entries = new Entry[all.size() / 2];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry(all.get(2 * i), all.get(2 * i + 1));
        }
        return List.of(entries);
    }

    /** Gives the query form. It is canonical: what was read in another spelling is written in the usual one. */
    public String toQuery() {
        return QueryText.toString(this::writeQuery);
    }

    /** Appends the bytes of {@link #toQuery()}, without a length in front. */
    public void writeQuery(ByteBuf out) {
        PairWriter writer = new PairWriter(out);
        forEach(writer::write);
    }

    /** Two metadata are equal when they hold equal pairs in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Metadata that && pairs().equals(that.pairs()));
    }

    @Override
    public int hashCode() {
        return pairs().hashCode();
    }

    /** The keys only: values may be secrets, and what is logged of a message shows its metadata. */
    @Override
    public String toString() {
        return entries().stream().map(Entry::key).toList().toString();
    }

    private List<String> pairs() {
        return given == null ? QueryText.parse(query) : given;
    }

    private static int indexOf(String key, List<String> pairs) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** Writes the query form, pair by pair. */
    private static final class PairWriter {

        private final ByteBuf out;

        private boolean another;

        PairWriter(ByteBuf out) {
            this.out = out;
        }

        void write(String key, String value) {
            if (another) {
                out.writeByte('&');
            }
            another = true;
            QueryText.write(key, out);
            if (!value.isEmpty()) {
                out.writeByte('=');
                QueryText.write(value, out);
            }
        }
    }

    /** Collects pairs for new {@link Metadata}. Not safe for use by several threads. */
    public static final class Builder {

        private final List<String> pairs;

        private Builder(List<String> pairs) {
            this.pairs = new ArrayList<>(pairs);
        }

        /** Appends a pair, whether or not the key is there already. */
        public Builder add(String key, String value) {
            pairs.add(Objects.requireNonNull(key, "key"));
            pairs.add(Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Replaces the first value of the key, or appends the pair; further values of the key stay. */
        public Builder set(String key, String value) {
            int i = indexOf(key, pairs);
            if (i < 0) {
                return add(key, value);
            }
            pairs.set(i + 1, Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Removes every pair of the key (Go leaves every second one of adjacent duplicates behind). */
        public Builder remove(String key) {
            int kept = 0;
            for (int i = 0; i < pairs.size(); i += 2) {
                if (!pairs.get(i).equals(key)) {
                    pairs.set(kept++, pairs.get(i));
                    pairs.set(kept++, pairs.get(i + 1));
                }
            }
            pairs.subList(kept, pairs.size()).clear();
            return this;
        }

        /** Appends every pair in order, whether or not its key is there already. */
        public Builder addAll(Metadata metadata) {
            pairs.addAll(metadata.pairs());
            return this;
        }

        /** Gives the first value of the key, null if the key is absent. */
        public @Nullable String get(String key) {
            int i = indexOf(key, pairs);
            return i < 0 ? null : pairs.get(i + 1);
        }

        /** Tells whether there is no pair yet. */
        public boolean isEmpty() {
            return pairs.isEmpty();
        }

        /** Gives what was collected so far; later changes of the builder do not reach it. */
        public Metadata build() {
            return ofPairs(List.copyOf(pairs));
        }
    }
}
