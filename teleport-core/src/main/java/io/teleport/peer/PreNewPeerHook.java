package io.teleport.peer;

import io.teleport.plugin.Plugin;

/** Runs while a peer is built, when its options are complete and checked. A refusal fails {@link PeerBuilder#build()}. */
public interface PreNewPeerHook extends Plugin {

    void preNewPeer(PeerOptions options) throws Exception;
}
