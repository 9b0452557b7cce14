package io.teleport.peer;

import io.netty.util.concurrent.Future;
import io.teleport.router.HandlerPool;
import io.teleport.session.LiveSession;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import io.teleport.socket.SocketRegistry;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    private final List<HandlerPool> pools;

    private final Duration closeTimeout;

    private final Runnable finished;

    PeerCloser(
            Peer peer,
            Listeners listeners,
            Dialer dialer,
            SessionOpener opener,
            Transports transports,
            SocketRegistry sockets,
            List<HandlerPool> pools,
            Duration closeTimeout,
            Runnable finished) {
        this.peer = peer;
        this.listeners = listeners;
        this.dialer = dialer;
        this.opener = opener;
        this.transports = transports;
        this.sockets = sockets;
        this.pools = pools;
        this.closeTimeout = closeTimeout.compareTo(LONGEST) < 0 ? closeTimeout : LONGEST;
        this.finished = finished;
    }

    @Override
    public void run() {
        try {
            listeners.close();
            closeSessions();
            abortHandshakes();
            transports.close(MARGIN);
            dialer.close();
            for (HandlerPool pool : pools) {
                if (!pool.close(MARGIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn("{}: handlers or callbacks were still running and have been interrupted", peer);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finished.run();
        }
    }

    /** Ends those that have no session yet. On their event loops, so that one which the other side has ended already keeps that reason. */
    private void abortHandshakes() throws InterruptedException {
        List<Future<?>> aborts = new ArrayList<>();
        for (GuardedSocket socket : sockets.sockets()) {
            aborts.add(socket.eventLoop().submit(() -> socket.abort(CloseReason.SHUTDOWN, "the peer is closing")));
        }
        long end = System.nanoTime() + MARGIN.toNanos();
        for (Future<?> abort : aborts) {
            abort.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private void closeSessions() throws InterruptedException {
        List<CompletableFuture<?>> ends = List.copyOf(opener.closeDoor()).stream()
                .<CompletableFuture<?>>map(this::close)
                .toList();
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(closeTimeout.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("{}: sessions did not end in time; their connections are cut", peer);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a session never fails", e);
        }
    }

    private CompletableFuture<?> close(LiveSession session) {
        return session.close(closeTimeout, CloseReason.SHUTDOWN, "").toCompletableFuture();
    }
}
