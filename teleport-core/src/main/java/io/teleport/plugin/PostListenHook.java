package io.teleport.plugin;

import io.teleport.transport.TransportAddress;

/** Runs when the peer listens, with the actual port. A refusal stops the peer. */
public interface PostListenHook extends Plugin {

    void postListen(TransportAddress address) throws Exception;
}
