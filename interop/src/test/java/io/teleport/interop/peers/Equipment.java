package io.teleport.interop.peers;

import io.teleport.peer.PeerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Plugins and settings that a peer has beyond the usual, told to each implementation in its own way.
 *
 * @param go flags of the Go peer
 * @param java adds the same to a Java peer
 */
public record Equipment(List<String> go, Consumer<PeerBuilder> java) {

    public static final Equipment NONE = new Equipment(List.of(), peer -> {});

    public static Equipment of(Consumer<PeerBuilder> java, String... go) {
        return new Equipment(List.of(go), java);
    }

    public Equipment and(Equipment other) {
        return new Equipment(Stream.concat(go.stream(), other.go.stream()).toList(), java.andThen(other.java));
    }

    String[] goArguments(String... others) {
        List<String> all = new ArrayList<>(List.of(others));
        all.addAll(go);
        return all.toArray(String[]::new);
    }
}
