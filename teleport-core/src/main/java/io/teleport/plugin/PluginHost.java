package io.teleport.plugin;

import io.teleport.router.Router;
import io.teleport.session.SessionRegistry;
import io.teleport.socket.SocketRegistry;
import java.util.concurrent.Executor;

/** The peer that a plugin becomes part of, as far as plugins may know it. Thread-safe. */
public interface PluginHost {

    /** Name of the peer. */
    String peerName();

    /** Where the routes of the peer are registered. */
    Router router();

    /** The open sessions of the peer. */
    SessionRegistry sessions();

    /** The open and recently closed sockets of the peer. */
    SocketRegistry sockets();

    /** Runs work of the plugin that may block for a while, on the threads for completions. Never refuses. */
    Executor executor();

    /** Has the plugin's own threads and the like ended together with the peer, once its sessions are closed. The task must not block. */
    void onClose(Runnable end);
}
