package io.teleport.boot.lifecycle;

import io.teleport.peer.Peer;
import org.springframework.context.ApplicationEvent;

/** A peer has been closed: its sessions have ended. Published on a thread of the peer. */
public final class PeerStoppedEvent extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    private final transient Peer peer;

    PeerStoppedEvent(Peer peer) {
        super(peer);
        this.peer = peer;
    }

    public Peer peer() {
        return peer;
    }
}
