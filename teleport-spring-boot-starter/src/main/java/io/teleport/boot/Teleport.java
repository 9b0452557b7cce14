package io.teleport.boot;

import io.teleport.message.StatusException;
import io.teleport.peer.Peer;
import io.teleport.session.Session;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The peers of the application by name, {@code teleport.peers.<name>}. Thread-safe. */
public interface Teleport {

    /** All peers in the order of configuration. */
    List<Peer> peers();

    /**
     * One peer, for instance to register routes or to reach its sessions.
     *
     * @throws UnknownPeerException if no peer has this name
     */
    Peer peer(String name);

    /**
     * The session with the remote peer that {@code teleport.peers.<name>.dial} names. Waits, for the peer's dial timeout at the most, while the first
     * attempt to connect is being made; fails at once if there is no connection later. The first use connects, even before the application has
     * started.
     *
     * <p>The connection is kept by Teleport, which makes a new session whenever one ends. Ask for it each time instead of keeping it, and do not close
     * it: what the application closes itself is not dialed again.
     *
     * @throws UnknownPeerException if no peer has this name
     * @throws IllegalStateException if the peer has no address to dial; on an event loop
     * @throws StatusException 105 with the last failure as its cause if there is no connection
     */
    Session session(String name);

    /** As {@link #session}, without waiting: the future fails where that throws a {@link StatusException}. */
    CompletableFuture<Session> sessionAsync(String name);
}
