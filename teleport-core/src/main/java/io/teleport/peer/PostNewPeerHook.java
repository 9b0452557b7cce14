package io.teleport.peer;

import io.teleport.plugin.Plugin;

/**
 * Runs when a peer is built, before it listens or dials; the place for a plugin to register routes of its own. A refusal closes the peer and fails
 * {@link PeerBuilder#build()}.
 */
public interface PostNewPeerHook extends Plugin {

    void postNewPeer(Peer peer) throws Exception;
}
