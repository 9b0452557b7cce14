package io.teleport.peer;

import io.teleport.router.HandlerPool;
import io.teleport.session.RedialTimer;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads of one peer, which it owns, all but those of an executor that it was given. */
final class OwnThreads implements PeerThreads {

    private final String peer;

    private final Transports.Loops loops;

    private final Executor handlers;

    private final Executor completions;

    /** With an executor given only those for completions. */
    private final List<HandlerPool> pools;

    private final RedialThread timer;

    OwnThreads(PeerOptions options) {
        this.peer = options.name();
        this.loops = Transports.threads(
                peer, options.eventLoopThreads(), options.listen().isEmpty());
        // Apart from the handlers, which may all be waiting for a completion.
        HandlerPool completionPool =
                new HandlerPool(peer + "-completion", PeerDefaults.COMPLETION_THREADS, Integer.MAX_VALUE);
        this.completions = new SureExecutor(completionPool);
        Executor given = options.handlerExecutor();
        if (given != null) {
            this.handlers = given;
            this.pools = List.of(completionPool);
        } else {
            HandlerPool handlerPool =
                    new HandlerPool(peer + "-handler", options.handlerThreads(), options.handlerQueue());
            this.handlers = handlerPool;
            this.pools = List.of(handlerPool, completionPool);
        }
        this.timer = new RedialThread(peer);
    }

    @Override
    public Transports.Loops loops() {
        return loops;
    }

    @Override
    public Executor handlers() {
        return handlers;
    }

    @Override
    public Executor completions() {
        return completions;
    }

    @Override
    public RedialTimer timer() {
        return timer;
    }

    /** On a thread of its own, since every other thread of the peer is about to end. */
    @Override
    public void runCloser(Runnable closer) {
        new Thread(closer, "teleport-" + peer + "-close").start();
    }

    @Override
    public boolean await(Future<?> end, Duration limit) throws InterruptedException {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            // That is an end, too.
            return true;
        }
        return true;
    }

    @Override
    public void endTimer() {
        timer.close();
    }

    @Override
    public boolean endPools(Duration limit) throws InterruptedException {
        boolean allEnded = true;
        for (HandlerPool pool : pools) {
            allEnded &= pool.close(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        return allEnded;
    }
}
