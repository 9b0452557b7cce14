package io.teleport.transport;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;

/**
 * The time that everything on a connection goes by: that of its event loop, which sets the timers. On the scale of {@link System#nanoTime()}, unless the
 * loop has a time of its own, as in a simulation; it is the same for all loops of a peer.
 */
public final class LoopTime {

    private LoopTime() {}

    /** This moment. */
    public static long nanoTime(EventExecutor loop) {
        Ticker ticker = loop.ticker();
        return ticker.initialNanoTime() + ticker.nanoTime();
    }
}
