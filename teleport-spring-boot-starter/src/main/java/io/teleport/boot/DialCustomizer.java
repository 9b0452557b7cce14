package io.teleport.boot;

import io.teleport.peer.DialOptions;

/**
 * A bean that has the last word on how a peer dials, after properties: for what runs on each new connection ({@link DialOptions#onReady}), who listens
 * to attempts and failures ({@link DialOptions#listener}), a policy of its own. Several run in their {@code @Order}.
 */
@FunctionalInterface
public interface DialCustomizer {

    /**
     * Called once for each peer that has addresses to dial.
     *
     * @param peerName key in {@code teleport.peers}
     * @return the options to use
     */
    DialOptions customize(String peerName, DialOptions options);
}
