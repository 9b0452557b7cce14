package io.teleport.transport;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;

/** An executor that takes what an event loop hands over as one burst: threads are woken once for all tasks of a turn of the loop. */
public interface LoopTasks extends Executor {

    /**
     * As {@link #execute}. If this is called on the loop, the task may wait for the end of the loop's turn.
     *
     * @param loop the event loop that the task has come from
     * @throws java.util.concurrent.RejectedExecutionException as {@link #execute}
     */
    void executeFrom(EventExecutor loop, Runnable task);

    /** Has the executor run a task that has come from the loop, as a part of a burst if it knows of them. */
    static void execute(Executor executor, EventExecutor loop, Runnable task) {
        if (executor instanceof LoopTasks bursts) {
            bursts.executeFrom(loop, task);
        } else {
            executor.execute(task);
        }
    }
}
