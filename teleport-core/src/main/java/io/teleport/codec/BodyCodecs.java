package io.teleport.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body codecs of a peer, by id and by name. Immutable. */
public final class BodyCodecs {

    private final @Nullable BodyCodec[] byId = new BodyCodec[256];

    private final Map<String, BodyCodec> byName = new LinkedHashMap<>();

    private final Map<String, String> absent;

    private BodyCodecs(Collection<? extends BodyCodec> codecs, Map<String, String> absent) {
        this.absent = Map.copyOf(absent);
        for (BodyCodec codec : codecs) {
            add(codec);
        }
    }

    /**
     * A registry of these codecs.
     *
     * @throws IllegalArgumentException if an id is outside 1 to 255, or two codecs share an id or a name
     */
    public static BodyCodecs of(Collection<? extends BodyCodec> codecs) {
        return of(codecs, Map.of());
    }

    /**
     * A registry of these codecs that can say why others are not there.
     *
     * @param absent reasons by name of a codec, such as "add … to the class path"
     * @throws IllegalArgumentException if an id is outside 1 to 255, or two codecs share an id or a name
     */
    public static BodyCodecs of(Collection<? extends BodyCodec> codecs, Map<String, String> absent) {
        return new BodyCodecs(codecs, absent);
    }

    private void add(BodyCodec codec) {
        int id = codec.id();
        if (id < 1 || id > 255) {
            throw new IllegalArgumentException(
                    "Body codec '" + codec.name() + "' has id " + id + " (expected 1 to 255)");
        }
        BodyCodec sameId = byId[id];
        if (sameId != null) {
            throw new IllegalArgumentException(
                    "Body codecs '" + sameId.name() + "' and '" + codec.name() + "' both have id " + id);
        }
        if (byName.putIfAbsent(codec.name(), codec) != null) {
            throw new IllegalArgumentException("Two body codecs are named '" + codec.name() + "'");
        }
        byId[id] = codec;
    }

    /** The codec with this id, or null. */
    public @Nullable BodyCodec byId(int id) {
        return id < 0 || id > 255 ? null : byId[id];
    }

    /**
     * The codec with this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are, and says why this one is not if that is known
     */
    public BodyCodec byName(String name) {
        BodyCodec codec = byName.get(name);
        if (codec == null) {
            String reason = absent.get(name);
            throw new IllegalArgumentException(
                    reason == null
                            ? "Unknown body codec '" + name + "' (known: " + names() + ")"
                            : "No body codec '" + name + "': " + reason + " (known: " + names() + ")");
        }
        return codec;
    }

    /** Names in the order of registration. */
    public List<String> names() {
        return new ArrayList<>(byName.keySet());
    }
}
