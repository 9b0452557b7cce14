package io.teleport.interop.peers;

import io.teleport.peer.DialOptions;
import io.teleport.peer.PeerBuilder;
import io.teleport.session.RedialPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Plugins and settings that a peer has beyond the usual, told to each implementation in its own way.
 *
 * @param go flags of the Go peer
 * @param java adds the same to a Java peer
 * @param dial and to what it dials
 */
public record Equipment(List<String> go, Consumer<PeerBuilder> java, UnaryOperator<DialOptions> dial) {

    public static final Equipment NONE = new Equipment(List.of(), peer -> {}, target -> target);

    public static Equipment of(Consumer<PeerBuilder> java, String... go) {
        return new Equipment(List.of(go), java, target -> target);
    }

    /** Of a client that dials again, in Go's way: so often (below 0 without limit), at short intervals. */
    public static Equipment redialing(int times) {
        return new Equipment(
                List.of("--redial-times", Integer.toString(times), "--redial-interval", "20ms", "--log", "DEBUG"),
                peer -> {},
                target -> target.redial(RedialPolicy.asInGo(times, Duration.ofMillis(20))));
    }

    public Equipment and(Equipment other) {
        return new Equipment(
                Stream.concat(go.stream(), other.go.stream()).toList(),
                java.andThen(other.java),
                target -> other.dial.apply(dial.apply(target)));
    }

    String[] goArguments(String... others) {
        List<String> all = new ArrayList<>(List.of(others));
        all.addAll(go);
        return all.toArray(String[]::new);
    }
}
