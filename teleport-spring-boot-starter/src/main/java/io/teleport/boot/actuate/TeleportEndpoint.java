package io.teleport.boot.actuate;

import io.teleport.boot.client.PeerDirectory;
import io.teleport.peer.Peer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Endpoint {@code teleport}: what the peers of the application are and what they offer. */
@Endpoint(id = "teleport")
public final class TeleportEndpoint {

    private final PeerDirectory teleport;

    public TeleportEndpoint(PeerDirectory teleport) {
        this.teleport = teleport;
    }

    /** All peers by name, in the order of configuration. */
    @ReadOperation
    public TeleportDescriptor teleport() {
        Map<String, PeerDescriptor> peers = new LinkedHashMap<>();
        for (Peer peer : teleport.peers()) {
            peers.put(
                    peer.name(),
                    PeerDescriptor.of(peer, teleport.remote(peer.name()).orElse(null)));
        }
        return new TeleportDescriptor(peers);
    }

    /** What the endpoint tells. */
    public record TeleportDescriptor(Map<String, PeerDescriptor> peers) {}
}
