package io.teleport.boot.lifecycle;

import io.teleport.peer.Peer;
import org.springframework.context.ApplicationEvent;

/** A peer has been started: it listens on all its addresses, if it has any. Published on the thread that starts the application. */
public final class PeerStartedEvent extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    private final transient Peer peer;

    PeerStartedEvent(Peer peer) {
        super(peer);
        this.peer = peer;
    }

    public Peer peer() {
        return peer;
    }
}
