package io.teleport.peer;

import io.teleport.session.LiveSession;
import io.teleport.socket.CloseReason;
import io.teleport.socket.SocketRegistry;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a peer down, in order: doors, sessions, handler threads, event loops. Each step has a limit. Runs once, on a thread of its own. */
final class PeerCloser implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(PeerCloser.class);

    /** Beyond the close timeout: sockets may take this long to drain and to tell their end. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** Longer limits count as this. */
    private static final Duration LONGEST = Duration.ofDays(24);

    private final Peer peer;

    private final Listeners listeners;

    private final Dialer dialer;

    private final SessionOpener opener;

    private final Transports transports;

    private final SocketRegistry sockets;

    private final PeerThreads threads;

    private final Duration closeTimeout;

    private final Runnable finished;

    PeerCloser(
            Peer peer,
            Listeners listeners,
            Dialer dialer,
            SessionOpener opener,
            Transports transports,
            SocketRegistry sockets,
            PeerThreads threads,
            Duration closeTimeout,
            Runnable finished) {
        this.peer = peer;
        this.listeners = listeners;
        this.dialer = dialer;
        this.opener = opener;
        this.transports = transports;
        this.sockets = sockets;
        this.threads = threads;
        this.closeTimeout = closeTimeout.compareTo(LONGEST) < 0 ? closeTimeout : LONGEST;
        this.finished = finished;
    }

    @Override
    public void run() {
        try {
            for (Future<?> freed : listeners.beginToClose()) {
                // At once, unless a handler of an inline route does not let go of an event loop.
                threads.await(freed, MARGIN);
            }
            closeSessions();
            abortHandshakes();
            for (Future<?> ended : transports.end(MARGIN)) {
                threads.await(ended, MARGIN);
            }
            dialer.close();
            if (!threads.endPools(MARGIN)) {
                log.warn("{}: handlers or callbacks were still running and have been interrupted", peer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finished.run();
        }
    }

    /** Ends those that have no session yet. On their event loops, so that one which the other side has ended already keeps that reason. */
    private void abortHandshakes() throws InterruptedException {
        CompletableFuture<?>[] aborts = sockets.sockets().stream()
                .map(socket -> CompletableFuture.runAsync(
                        () -> socket.abort(CloseReason.SHUTDOWN, "the peer is closing"), socket.eventLoop()))
                .toArray(CompletableFuture<?>[]::new);
        threads.await(CompletableFuture.allOf(aborts), MARGIN);
    }

    private void closeSessions() throws InterruptedException {
        CompletableFuture<?>[] ends =
                opener.closeDoor().stream().map(this::close).toArray(CompletableFuture<?>[]::new);
        if (!threads.await(CompletableFuture.allOf(ends), closeTimeout.plus(MARGIN))) {
            log.warn("{}: sessions did not end in time; their connections are cut", peer);
        }
    }

    private CompletableFuture<?> close(LiveSession session) {
        return session.close(closeTimeout, CloseReason.SHUTDOWN, "").toCompletableFuture();
    }
}
