package io.teleport.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
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

    private static Metadata received(byte[] query) {
        return query.length == 0 ? EMPTY : new Metadata(query, null);
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
        return received(WireText.toBytes(query));
    }

    /**
     * Reads the query form from the next {@code length} bytes and advances the reader index by as many. The bytes are
     * copied, so the buffer may be released or reused at once.
     *
     * @throws IndexOutOfBoundsException if fewer bytes are readable; nothing is read then
     */
    public static Metadata parse(ByteBuf in, int length) {
        return received(QueryText.read(in, length));
    }

    /** Starts new metadata without any pair. */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /** Starts new metadata with the pairs of this one. */
    public Builder toBuilder() {
        return new Builder(list());
    }

    /** Gives this metadata with all pairs of the other behind its own, whether or not their keys are there already. */
    public Metadata plus(Metadata more) {
        return isEmpty() ? more : toBuilder().addAll(more).build();
    }

    /** Gives this metadata with one pair changed, as {@link Builder#set} does. */
    public Metadata with(String key, String value) {
        // A pair of nothing, which readers drop, has to stay an object to be there.
        boolean nothing = key.isEmpty() && value.isEmpty();
        return given == null && !nothing
                ? received(QueryEdits.with(key, value, query))
                : toBuilder().set(key, value).build();
    }

    /** Gives this metadata without any pair of the key. */
    public Metadata without(String key) {
        if (given != null) {
            return contains(key) ? toBuilder().remove(key).build() : this;
        }
        byte[] rest = QueryEdits.without(key, query);
        return rest.length == query.length ? this : received(rest);
    }

    /** Gives the first value of the key, null if the key is absent. */
    public @Nullable String get(String key) {
        return pairs().nextValue(key);
    }

    /** Gives the first value of the key, or the fallback if the key is absent; an empty value is a value. */
    public String get(String key, String fallback) {
        String value = get(key);
        return value == null ? fallback : value;
    }

    /** Gives every value of the key in order, an empty list if the key is absent. */
    public List<String> getAll(String key) {
        List<String> values = new ArrayList<>(2);
        Pairs pairs = pairs();
        while (pairs.next(key)) {
            values.add(pairs.value());
        }
        return List.copyOf(values);
    }

    /** Tells whether the key is there, with or without a value. */
    public boolean contains(String key) {
        return pairs().next(key);
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
        Pairs pairs = pairs();
        int count = 0;
        while (pairs.next()) {
            count++;
        }
        return count;
    }

    /** Tells whether there is no pair. */
    public boolean isEmpty() {
        return !pairs().next();
    }

    /** Gives each pair in order, key and value, without making objects of all at once. */
    public void forEach(BiConsumer<String, String> pair) {
        Pairs pairs = pairs();
        while (pairs.next()) {
            pair.accept(pairs.key(), pairs.value());
        }
    }

    /** Gives the pairs in order; the list cannot be changed. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        forEach((key, value) -> entries.add(new Entry(key, value)));
        return List.copyOf(entries);
    }

    /** Gives the query form. It is canonical: what was read in another spelling is written in the usual one. */
    public String toQuery() {
        return QueryText.toString(this::writeQuery);
    }

    /** Appends the bytes of {@link #toQuery()}, without a length in front. */
    public void writeQuery(ByteBuf out) {
        Pairs pairs = pairs();
        for (boolean another = false; pairs.next(); another = true) {
            if (another) {
                out.writeByte('&');
            }
            QueryText.writePair(pairs.key(), pairs.value(), out);
        }
    }

    /** Two metadata are equal when they hold equal pairs in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Metadata that && list().equals(that.list()));
    }

    @Override
    public int hashCode() {
        return list().hashCode();
    }

    /** The keys only: values may be secrets, and what is logged of a message shows its metadata. */
    @Override
    public String toString() {
        return entries().stream().map(Entry::key).toList().toString();
    }

    private Pairs pairs() {
        return given == null ? new QueryPairs(query) : new ListPairs(given);
    }

    private List<String> list() {
        return given == null ? pairs().toList() : given;
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
            int i = indexOf(key);
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
            pairs.addAll(metadata.list());
            return this;
        }

        /** Gives the first value of the key, null if the key is absent. */
        public @Nullable String get(String key) {
            int i = indexOf(key);
            return i < 0 ? null : pairs.get(i + 1);
        }

        /** Tells whether there is no pair yet. */
        public boolean isEmpty() {
            return pairs.isEmpty();
        }

        private int indexOf(String key) {
            for (int i = 0; i < pairs.size(); i += 2) {
                if (pairs.get(i).equals(key)) {
                    return i;
                }
            }
            return -1;
        }

        /** Gives what was collected so far; later changes of the builder do not reach it. */
        public Metadata build() {
            return ofPairs(List.copyOf(pairs));
        }
    }
}
