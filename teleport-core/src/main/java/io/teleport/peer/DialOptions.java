package io.teleport.peer;

import io.teleport.session.ReadyHandler;
import io.teleport.session.RedialListener;
import io.teleport.session.RedialPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to dial, and what to do when the connection ends. Immutable; each method gives a copy.
 *
 * @param addresses of one remote peer, such as {@code tcp://127.0.0.1:9090}; one at least
 * @param protocol name of a protocol of the peer that dials, null for its own
 * @param redial whether and how it is dialed again, null to end the session with its connection, the default
 * @param randomOrder whether each round tries the addresses in a random order, so that clients spread over them; in the given order by default
 * @param asideTime how long an address that failed is tried only after the others; {@value #ASIDE_SECONDS} s by default
 * @param ready runs on each new connection before anything else is sent on it, null for nothing
 * @param listener learns how it goes
 */
public record DialOptions(
        List<String> addresses,
        @Nullable String protocol,
        @Nullable RedialPolicy redial,
        boolean randomOrder,
        Duration asideTime,
        @Nullable ReadyHandler ready,
        RedialListener listener) {

    private static final int ASIDE_SECONDS = 10;

    /** @throws IllegalArgumentException if there is no address, or the time is negative */
    public DialOptions {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("No address to dial (expected one at least)");
        }
        if (asideTime.isNegative()) {
            throw new IllegalArgumentException(
                    "Time to put an address aside " + asideTime + " (expected zero or more)");
        }
    }

    /** Dials the first address that answers, once. */
    public static DialOptions to(List<String> addresses) {
        return new DialOptions(
                addresses, null, null, false, Duration.ofSeconds(ASIDE_SECONDS), null, RedialListener.NONE);
    }

    /** As {@link #to(List)}. */
    public static DialOptions to(String... addresses) {
        return to(List.of(addresses));
    }

    /** With another protocol than that of the peer that dials. */
    public DialOptions protocol(String name) {
        return new DialOptions(addresses, name, redial, randomOrder, asideTime, ready, listener);
    }

    /** Dials again when the connection ends. The policy also holds for the first connection, as in Go. */
    public DialOptions redial(RedialPolicy policy) {
        return new DialOptions(addresses, protocol, policy, randomOrder, asideTime, ready, listener);
    }

    /** Tries the addresses in a random order. */
    public DialOptions inRandomOrder() {
        return new DialOptions(addresses, protocol, redial, true, asideTime, ready, listener);
    }

    /** With another time for which an address that failed is put aside. */
    public DialOptions asideFor(Duration time) {
        return new DialOptions(addresses, protocol, redial, randomOrder, time, ready, listener);
    }

    /** Runs something on each new connection before anything else is sent on it. */
    public DialOptions onReady(ReadyHandler handler) {
        return new DialOptions(addresses, protocol, redial, randomOrder, asideTime, handler, listener);
    }

    /** Tells how it goes. */
    public DialOptions listener(RedialListener newListener) {
        return new DialOptions(addresses, protocol, redial, randomOrder, asideTime, ready, newListener);
    }
}
