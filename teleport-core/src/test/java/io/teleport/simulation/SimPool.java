package io.teleport.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A pool of threads without an order: any of its tasks may be the next. */
final class SimPool implements Executor, World.Actor {

    private final World world;

    private final int limit;

    private final List<Runnable> tasks = new ArrayList<>();

    private boolean closed;

    private final CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();

    /** @param limit tasks beyond it are refused, as are all after the end; below zero nothing is ever refused */
    SimPool(World world, int limit) {
        this.world = world;
        this.limit = limit;
        world.add(this);
    }

    @Override
    public void execute(Runnable task) {
        if (limit >= 0 && (closed || tasks.size() >= limit)) {
            throw new RejectedExecutionException(closed ? "the peer is closed" : "too many tasks, limit " + limit);
        }
        tasks.add(task);
    }

    @Override
    public boolean isReady() {
        return !tasks.isEmpty();
    }

    @Override
    public void step() {
        tasks.remove(world.random.nextInt(tasks.size())).run();
        endIfEmpty();
    }

    CompletableFuture<@Nullable Void> close() {
        closed = true;
        endIfEmpty();
        return empty;
    }

    private void endIfEmpty() {
        if (closed && tasks.isEmpty()) {
            empty.complete(null);
        }
    }
}
