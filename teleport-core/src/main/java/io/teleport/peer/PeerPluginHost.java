package io.teleport.peer;

import io.teleport.plugin.PluginHost;
import io.teleport.router.Router;
import io.teleport.session.SessionRegistry;
import io.teleport.socket.SocketRegistry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer as its plugins see it. */
final class PeerPluginHost implements PluginHost {

    private static final Logger log = LoggerFactory.getLogger(PeerPluginHost.class);

    private final String peerName;

    private final Router router;

    private final SessionRegistry sessions;

    private final SocketRegistry sockets;

    private final Executor executor;

    private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();

    PeerPluginHost(
            String peerName, Router router, SessionRegistry sessions, SocketRegistry sockets, Executor executor) {
        this.peerName = peerName;
        this.router = router;
        this.sessions = sessions;
        this.sockets = sockets;
        this.executor = executor;
    }

    @Override
    public String peerName() {
        return peerName;
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public SessionRegistry sessions() {
        return sessions;
    }

    @Override
    public SocketRegistry sockets() {
        return sockets;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public void onClose(Runnable end) {
        ends.add(end);
    }

    /** The sessions are closed. */
    void close() {
        for (Runnable end = ends.poll(); end != null; end = ends.poll()) {
            try {
                end.run();
            } catch (RuntimeException e) {
                log.error("peer {}: the end of a plugin failed", peerName, e);
            }
        }
    }
}
