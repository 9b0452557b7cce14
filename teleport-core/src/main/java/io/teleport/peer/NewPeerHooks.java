package io.teleport.peer;

import io.teleport.message.StatusException;
import io.teleport.plugin.HookChain;
import io.teleport.plugin.Plugin;
import java.util.List;

/** The hooks around the building of a peer. They are here, not in the plugin room, because they receive what only this room knows. */
final class NewPeerHooks {

    private final HookChain<PreNewPeerHook> pre;

    private final HookChain<PostNewPeerHook> post;

    NewPeerHooks(List<Plugin> plugins) {
        pre = new HookChain<>(PreNewPeerHook.class, plugins);
        post = new HookChain<>(PostNewPeerHook.class, plugins);
    }

    void before(PeerOptions options) {
        pre.run(options, PreNewPeerHook::preNewPeer);
    }

    void after(Peer peer) {
        try {
            peer.setUpPlugins();
            post.run(peer, PostNewPeerHook::postNewPeer);
        } catch (StatusException e) {
            peer.close();
            throw e;
        }
    }
}
