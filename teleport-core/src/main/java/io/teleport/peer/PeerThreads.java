package io.teleport.peer;

import io.teleport.session.RedialTimer;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * What runs a peer, and how it waits: everything in it that is not told by others to go on. {@link OwnThreads} but in a simulation, where all of it is
 * one thread and the time is not that of the system.
 */
interface PeerThreads {

    /** Event loops. */
    Transports.Loops loops();

    /** Runs handlers; refuses by {@link java.util.concurrent.RejectedExecutionException}. */
    Executor handlers();

    /** Runs completions of calls and hooks around connections; must not refuse. */
    Executor completions();

    /** When to dial again; nothing it was told runs after {@link #endTimer()}. */
    RedialTimer timer();

    /** Runs what takes the peer down, once, while everything else ends. */
    void runCloser(Runnable closer);

    /**
     * Makes the closer wait for an end, however it comes.
     *
     * @return false if the limit has passed first
     */
    boolean await(Future<?> end, Duration limit) throws InterruptedException;

    void endTimer();

    /**
     * Lets handlers and completions finish; what has not by then is interrupted. Only the peer's own.
     *
     * @return false if something was still running
     */
    boolean endPools(Duration limit) throws InterruptedException;
}
