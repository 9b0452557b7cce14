package io.teleport.boot.lifecycle;

import io.teleport.boot.client.PeerDirectory;
import io.teleport.boot.client.RemotePeer;
import io.teleport.peer.Peer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and closes some of the peers with the application context.
 *
 * <p>Peers that listen start last, when all else is ready, and are the first to stop. Peers that only dial outlive them and the draining of the web
 * server, because handlers and requests that are still running may need them. Dialing begins when every peer listens, so that an application can dial
 * itself.
 */
public final class PeerLifecycle implements SmartLifecycle {

    /** Phase of peers that listen: after the web server has started, before it drains. */
    public static final int LISTENING_PHASE = DEFAULT_PHASE - 512;

    /** Phase of peers that only dial: between the draining of the web server and its stop. */
    public static final int DIALING_PHASE = DEFAULT_PHASE - 1536;

    private static final Logger log = LoggerFactory.getLogger(PeerLifecycle.class);

    private final PeerDirectory directory;

    private final Predicate<Peer> mine;

    private final int phase;

    private final Duration stopLimit;

    private final ApplicationEventPublisher events;

    private volatile boolean running;

    private PeerLifecycle(
            PeerDirectory directory,
            Predicate<Peer> mine,
            int phase,
            Duration stopLimit,
            ApplicationEventPublisher events) {
        this.directory = directory;
        this.mine = mine;
        this.phase = phase;
        this.stopLimit = stopLimit;
        this.events = events;
    }

    /**
     * Of the peers that listen, whether they also dial or not.
     *
     * @param stopLimit how long a shutdown phase may take
     */
    public static PeerLifecycle ofListening(
            PeerDirectory directory, Duration stopLimit, ApplicationEventPublisher events) {
        return new PeerLifecycle(directory, PeerLifecycle::listens, LISTENING_PHASE, stopLimit, events);
    }

    /**
     * Of the peers that only dial.
     *
     * @param stopLimit how long a shutdown phase may take
     */
    public static PeerLifecycle ofDialing(
            PeerDirectory directory, Duration stopLimit, ApplicationEventPublisher events) {
        return new PeerLifecycle(directory, peer -> !listens(peer), DIALING_PHASE, stopLimit, events);
    }

    private static boolean listens(Peer peer) {
        return !peer.options().listen().isEmpty();
    }

    private List<Peer> peers() {
        return directory.peers().stream().filter(mine).toList();
    }

    /**
     * @throws io.teleport.peer.ListenException if an address cannot be bound
     * @throws IllegalStateException after {@link #stop()}: a closed peer cannot be started again
     */
    @Override
    public void start() {
        running = true;
        for (Peer peer : peers()) {
            peer.start();
            events.publishEvent(new PeerStartedEvent(peer));
        }
        if (phase == LISTENING_PHASE) {
            directory.remotes().forEach(RemotePeer::start);
        }
    }

    /** Closes all peers at once and waits. */
    @Override
    public void stop() {
        stopAsync().join();
    }

    @Override
    public void stop(Runnable callback) {
        stopAsync().whenComplete((done, failure) -> {
            if (failure != null) {
                log.error("A listener failed when peers had stopped", failure);
            }
            callback.run();
        });
    }

    private CompletableFuture<Void> stopAsync() {
        running = false;
        CompletableFuture<?>[] ends = peers().stream().map(this::close).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends);
    }

    private CompletableFuture<?> close(Peer peer) {
        directory.remote(peer.name()).ifPresent(RemotePeer::stop);
        return peer.closeAsync(gracePeriod(peer)).thenRun(() -> events.publishEvent(new PeerStoppedEvent(peer)));
    }

    /** The phase must also suffice for what comes after the sessions: writing what waits, and ending the threads. */
    private Duration gracePeriod(Peer peer) {
        Duration wanted = peer.options().closeTimeout();
        Duration possible = stopLimit.multipliedBy(3).dividedBy(4);
        return wanted.compareTo(possible) < 0 ? wanted : possible;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }

    /** Closed peers do not start again, so they keep running while the context only pauses. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
