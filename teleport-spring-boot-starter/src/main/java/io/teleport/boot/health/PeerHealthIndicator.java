package io.teleport.boot.health;

import io.teleport.boot.client.ConnectionState;
import io.teleport.boot.client.RemotePeer;
import io.teleport.peer.Peer;
import io.teleport.peer.PeerState;
import io.teleport.transport.TransportAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of one peer: UP if it listens where it should and its remote peer is connected, as far as it has been told to do either; DOWN otherwise. Details:
 * {@code state}, {@code listening}, {@code dial} (addresses), {@code connected} (address or {@code none}), {@code openSockets}, {@code lastError}.
 */
public final class PeerHealthIndicator extends AbstractHealthIndicator {

    private final Peer peer;

    private final @Nullable RemotePeer remote;

    /** @param remote the connection that the peer keeps, null if it keeps none */
    public PeerHealthIndicator(Peer peer, @Nullable RemotePeer remote) {
        super("Health of peer '" + peer.name() + "' cannot be told");
        this.peer = peer;
        this.remote = remote;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (isUp()) {
            health.up();
        } else {
            health.down();
        }
        health.withDetail("state", peer.state());
        if (!peer.options().listen().isEmpty()) {
            health.withDetail(
                    "listening",
                    peer.listening().stream().map(TransportAddress::toString).toList());
        }
        if (remote != null) {
            String connected = remote.connectedAddress();
            health.withDetail("dial", remote.addresses());
            health.withDetail("connected", connected == null ? "none" : connected);
            String lastError = remote.lastError();
            if (lastError != null) {
                health.withDetail("lastError", lastError);
            }
        }
        health.withDetail("openSockets", peer.sockets().openCount());
    }

    private boolean isUp() {
        boolean listens = peer.options().listen().isEmpty() || !peer.listening().isEmpty();
        boolean connected = remote == null || remote.state() == ConnectionState.CONNECTED;
        boolean ending = peer.state() == PeerState.CLOSING || peer.state() == PeerState.CLOSED;
        return listens && connected && !ending;
    }
}
