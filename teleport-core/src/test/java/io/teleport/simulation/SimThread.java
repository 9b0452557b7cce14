package io.teleport.simulation;

import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Code that waits in the middle. It has a real thread, which only ever runs while the one thread of the world waits for it, so that the two are one after
 * all.
 */
final class SimThread implements World.Actor {

    private final World world;

    private final Thread thread;

    private final Semaphore mine = new Semaphore(0);

    private final Semaphore others = new Semaphore(0);

    private @Nullable Future<?> awaited;

    private long deadline;

    private boolean ended;

    private @Nullable Throwable failure;

    SimThread(World world, String name, Runnable body) {
        this.world = world;
        this.thread = new Thread(
                () -> {
                    mine.acquireUninterruptibly();
                    try {
                        body.run();
                    } catch (Throwable e) {
                        failure = e;
                    } finally {
                        ended = true;
                        others.release();
                    }
                },
                "simulated-" + name);
        thread.setDaemon(true);
        thread.start();
        world.add(this);
    }

    @Override
    public boolean isReady() {
        Future<?> future = awaited;
        return !ended && (future == null || future.isDone() || deadline <= world.now());
    }

    @Override
    public void step() {
        awaited = null;
        mine.release();
        others.acquireUninterruptibly();
        if (ended) {
            world.remove(this);
        }
        if (failure != null) {
            throw new IllegalStateException(thread.getName() + " failed", failure);
        }
    }

    /** From within its own code only. */
    boolean await(Future<?> future, long nanos) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("only " + thread.getName() + " waits here");
        }
        awaited = future;
        deadline = world.now() + nanos;
        // So that time comes to it if nothing else happens.
        Runnable cancel = world.after(nanos, () -> {});
        others.release();
        mine.acquireUninterruptibly();
        cancel.run();
        return future.isDone();
    }
}
