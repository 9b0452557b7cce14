package io.teleport.boot.client;

import io.teleport.boot.Teleport;
import io.teleport.boot.UnknownPeerException;
import io.teleport.message.Failures;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.peer.PoolOptions;
import io.teleport.peer.SessionPool;
import io.teleport.session.Session;
import io.teleport.transport.EventLoopThread;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The peers of the application and the connections they keep. Owns them all: closing it closes every peer. */
public final class PeerDirectory implements Teleport, AutoCloseable {

    private final Map<String, Peer> peers = new LinkedHashMap<>();

    private final Map<String, RemotePeer> remotes = new LinkedHashMap<>();

    private final Map<String, SessionPool> pools = new HashMap<>();

    /** @param peers each peer with what it dials, empty for a peer that dials nothing by itself */
    public PeerDirectory(Map<Peer, Optional<DialOptions>> peers) {
        this(peers, Map.of());
    }

    /**
     * @param peers each peer with what it dials, empty for a peer that dials nothing by itself
     * @param limits by name, of the pools of those peers that are to have several sessions
     */
    public PeerDirectory(Map<Peer, Optional<DialOptions>> peers, Map<String, PoolOptions> limits) {
        peers.forEach((peer, target) -> {
            this.peers.put(peer.name(), peer);
            target.ifPresent(dialed -> dial(peer, dialed, limits.get(peer.name())));
        });
    }

    private void dial(Peer peer, DialOptions target, @Nullable PoolOptions pool) {
        if (pool == null) {
            remotes.put(peer.name(), new RemotePeer(peer, target));
        } else {
            pools.put(peer.name(), peer.pool(target, pool));
        }
    }

    @Override
    public List<Peer> peers() {
        return List.copyOf(peers.values());
    }

    @Override
    public Peer peer(String name) {
        Peer peer = peers.get(name);
        if (peer == null) {
            throw new UnknownPeerException(name, peers.keySet(), "");
        }
        return peer;
    }

    /** Whether a peer dials by itself. */
    boolean dials(String name) {
        return remotes.containsKey(name) || pools.containsKey(name);
    }

    /** The connection that a peer keeps, empty if it has no address to dial, has a pool of sessions, or does not exist. */
    public Optional<RemotePeer> remote(String name) {
        return Optional.ofNullable(remotes.get(name));
    }

    /** All connections that are kept, in the order of configuration. */
    public List<RemotePeer> remotes() {
        return List.copyOf(remotes.values());
    }

    @Override
    public Session session(String name) {
        CompletableFuture<Session> session = sessionAsync(name);
        if (!session.isDone()) {
            EventLoopThread.refuseBlocking("Waiting for the connection of peer '" + name + "'");
        }
        return Failures.join(session);
    }

    @Override
    public CompletableFuture<Session> sessionAsync(String name) {
        peer(name);
        SessionPool pool = pools.get(name);
        if (pool != null) {
            return pool.session();
        }
        return remote(name)
                .orElseThrow(() -> new IllegalStateException(
                        "Peer '" + name + "' dials nothing (expected an address in teleport.peers." + name + ".dial)"))
                .session();
    }

    /** Closes every peer and waits for that. Peers that are closed already cost nothing. */
    @Override
    public void close() {
        remotes.values().forEach(RemotePeer::stop);
        pools.values().forEach(SessionPool::close);
        List<CompletableFuture<?>> ends = peers.values().stream()
                .<CompletableFuture<?>>map(Peer::closeAsync)
                .toList();
        ends.forEach(CompletableFuture::join);
    }
}
