package io.teleport.simulation;

import io.netty.channel.EventLoopGroup;
import io.teleport.peer.SimulatedThreads;
import io.teleport.session.RedialTimer;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What runs one peer in the simulation. */
final class SimPeerThreads extends SimulatedThreads implements RedialTimer {

    private final World world;

    private final Network network;

    private final String peer;

    private final int loopCount;

    private final SimPool handlers;

    private final SimPool completions;

    private final SimPool timer;

    private final List<SimLoop> loops = new ArrayList<>();

    private boolean settingUp;

    private boolean timerEnded;

    private @Nullable SimThread closer;

    SimPeerThreads(World world, Network network, String peer, int loopCount, int handlerLimit) {
        this.world = world;
        this.network = network;
        this.peer = peer;
        this.loopCount = loopCount;
        this.handlers = new SimPool(world, handlerLimit);
        this.completions = new SimPool(world, -1);
        this.timer = new SimPool(world, -1);
    }

    /** Does something that waits for event loops and must not be interrupted by others. */
    void settingUp(Runnable action) {
        settingUp = true;
        loops.forEach(loop -> loop.immediate(true));
        action.run();
        settingUp = false;
        loops.forEach(loop -> loop.immediate(false));
    }

    @Override
    protected Transports.Loops loops() {
        return (name, io) -> newLoops();
    }

    private EventLoopGroup newLoops() {
        for (int i = 0; i < loopCount; i++) {
            SimLoop loop = new SimLoop(world, network, peer + (i == 0 ? "" : i));
            loop.immediate(settingUp);
            loops.add(loop);
        }
        return new SimLoops(loops);
    }

    @Override
    protected Executor handlers() {
        return handlers;
    }

    @Override
    protected Executor completions() {
        return completions;
    }

    @Override
    protected RedialTimer timer() {
        return this;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        if (timerEnded) {
            return () -> {};
        }
        return world.after(delay.toNanos(), () -> {
            if (!timerEnded) {
                timer.execute(task);
            }
        });
    }

    @Override
    public long nanoTime() {
        return world.now();
    }

    @Override
    protected void runCloser(Runnable body) {
        closer = new SimThread(world, peer + "-close", body);
    }

    @Override
    protected boolean await(Future<?> end, Duration limit) {
        return Objects.requireNonNull(closer, "only the closer waits").await(end, limit.toNanos());
    }

    @Override
    protected void endTimer() {
        timerEnded = true;
    }

    @Override
    protected boolean endPools(Duration limit) {
        boolean handled = await(handlers.close(), limit);
        return await(completions.close(), limit) && handled;
    }
}
