package io.teleport.boot;

import io.teleport.peer.PeerBuilder;

/** A bean that has the last word on how peers are built, after properties and all other beans. Several run in their {@code @Order}. */
@FunctionalInterface
public interface PeerCustomizer {

    /**
     * Called once for each peer, before it is built.
     *
     * @param peerName key in {@code teleport.peers}
     */
    void customize(String peerName, PeerBuilder builder);
}
