package io.teleport.simulation;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops of one peer. */
final class SimLoops extends AbstractEventExecutorGroup implements EventLoopGroup {

    private final List<SimLoop> loops;

    private final Promise<Void> terminated = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);

    private int nextLoop;

    SimLoops(List<SimLoop> loops) {
        this.loops = List.copyOf(loops);
        for (SimLoop loop : loops) {
            loop.terminationFuture().addListener(done -> {
                if (isTerminated()) {
                    terminated.trySuccess(null);
                }
            });
        }
    }

    @Override
    public EventLoop next() {
        nextLoop = (nextLoop + 1) % loops.size();
        return loops.get(nextLoop);
    }

    @Override
    public ChannelFuture register(Channel channel) {
        return next().register(channel);
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        return next().register(promise);
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        return next().register(channel, promise);
    }

    @Override
    public boolean isShuttingDown() {
        return loops.stream().allMatch(SimLoop::isShuttingDown);
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        loops.forEach(loop -> loop.shutdownGracefully(quietPeriod, timeout, unit));
        return terminated;
    }

    @Override
    public Future<?> terminationFuture() {
        return terminated;
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw new UnsupportedOperationException("it ends gracefully or not at all");
    }

    @Override
    public Iterator<EventExecutor> iterator() {
        return loops.stream().<EventExecutor>map(loop -> loop).iterator();
    }

    @Override
    public boolean isShutdown() {
        return isTerminated();
    }

    @Override
    public boolean isTerminated() {
        return loops.stream().allMatch(SimLoop::isTerminated);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody waits here");
    }
}
