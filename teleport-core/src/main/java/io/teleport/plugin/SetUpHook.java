package io.teleport.plugin;

/**
 * Runs once for each peer that has the plugin, when the peer is made, before it listens or dials: for plugins with routes or work of their own. One plugin
 * may be part of several peers, so what belongs to one of them is kept with it. A refusal ends the making of the peer.
 */
public interface SetUpHook extends Plugin {

    void setUp(PluginHost host) throws Exception;
}
