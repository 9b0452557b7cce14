package io.teleport.simulation;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An event loop: takes one of its tasks in each step, in their order. Ends as those of Netty do: channels closed, tasks done, later ones refused. */
final class SimLoop extends AbstractScheduledEventExecutor implements EventLoop, World.Actor {

    private final World world;

    private final Network network;

    private final String name;

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private final List<Channel> channels = new ArrayList<>();

    private final Promise<Void> terminated = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);

    private final Ticker ticker = new Ticker() {
        @Override
        public long initialNanoTime() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return world.now();
        }

        @Override
        public void sleep(long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("nobody sleeps here");
        }
    };

    /** Whether it takes its step now, as Netty would see from the thread. */
    private boolean current;

    private boolean immediate;

    private boolean shuttingDown;

    SimLoop(World world, Network network, String name) {
        this.world = world;
        this.network = network;
        this.name = name;
        world.add(this);
    }

    World world() {
        return world;
    }

    Network network() {
        return network;
    }

    @Override
    public boolean isReady() {
        return !isTerminated() && (shuttingDown || !tasks.isEmpty() || nextTimer() <= world.now());
    }

    long nextTimer() {
        long next = isTerminated() ? -1 : nextScheduledTaskDeadlineNanos();
        return next < 0 ? Long.MAX_VALUE : next;
    }

    boolean hasTimers() {
        return nextTimer() != Long.MAX_VALUE;
    }

    @Override
    public void step() {
        asCurrent(() -> {
            fetchDue();
            Runnable task = tasks.poll();
            if (task != null) {
                runTask(task);
            } else if (shuttingDown) {
                endOrClose();
            }
        });
    }

    private void endOrClose() {
        List<Channel> open = List.copyOf(channels);
        channels.clear();
        open.forEach(channel -> channel.unsafe().close(channel.unsafe().voidPromise()));
        if (open.isEmpty() && tasks.isEmpty()) {
            cancelScheduledTasks();
            world.log(name + " ends");
            terminated.setSuccess(null);
        }
    }

    private void fetchDue() {
        for (Runnable due = pollScheduledTask(world.now()); due != null; due = pollScheduledTask(world.now())) {
            tasks.add(due);
        }
    }

    /** Has tasks run at once, as long as a peer is set up by somebody who waits for them. */
    void immediate(boolean atOnce) {
        immediate = atOnce;
    }

    private void asCurrent(Runnable action) {
        boolean before = current;
        current = true;
        try {
            action.run();
        } finally {
            current = before;
        }
    }

    @Override
    public void execute(Runnable task) {
        if (isTerminated()) {
            throw new RejectedExecutionException("event executor terminated");
        }
        if (immediate) {
            asCurrent(task);
        } else {
            tasks.add(task);
        }
    }

    void opened(Channel channel) {
        channels.add(channel);
    }

    void closed(Channel channel) {
        channels.remove(channel);
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return current;
    }

    @Override
    public boolean inEventLoop() {
        return current;
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        shuttingDown = true;
        return terminated;
    }

    @Override
    @Deprecated
    public void shutdown() {
        shuttingDown = true;
    }

    @Override
    public Future<?> terminationFuture() {
        return terminated;
    }

    @Override
    public boolean isShuttingDown() {
        return shuttingDown;
    }

    @Override
    public boolean isShutdown() {
        return isTerminated();
    }

    @Override
    public boolean isTerminated() {
        return terminated.isDone();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody waits here");
    }

    @Override
    public EventLoop next() {
        return this;
    }

    @Override
    public EventLoopGroup parent() {
        return this;
    }

    @Override
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    public String toString() {
        return name;
    }
}
