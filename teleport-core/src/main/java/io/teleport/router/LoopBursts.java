package io.teleport.router;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one event loop hands to a pool: wakes threads at the end of a turn in which tasks came, and looks a moment later whether these are enough. */
final class LoopBursts {

    private static final Logger log = LoggerFactory.getLogger(LoopBursts.class);

    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventExecutor loop;

    private final Workers workers;

    /** One object each for the life of the loop, so that a burst allocates nothing. */
    private final Runnable endOfTurn = this::endOfTurn;

    private final Runnable check = this::check;

    private boolean turnEnds;

    private boolean checking;

    private long waitingBefore;

    private long takenBefore;

    LoopBursts(EventExecutor loop, Workers workers) {
        this.loop = loop;
        this.workers = workers;
    }

    /** On the loop: a task was added. */
    void added() {
        if (!turnEnds) {
            turnEnds = true;
            try {
                loop.execute(endOfTurn);
            } catch (RejectedExecutionException e) {
                log.debug("the event loop has ended, its last tasks go on", e);
                endOfTurn();
            }
        }
    }

    private void endOfTurn() {
        turnEnds = false;
        wake();
        if (!checking && workers.waiting() > 0) {
            watch();
        }
    }

    private void wake() {
        try {
            workers.wakeForBurst();
        } catch (Error e) {
            // The system's: it has no memory for a thread, or allows no more. Threads that are there take what waits;
            // else the check tries again.
            log.error("no thread for what waits to be handled", e);
        }
    }

    private void watch() {
        waitingBefore = workers.waiting();
        takenBefore = workers.taken();
        try {
            loop.schedule(check, CHECK_NANOS, TimeUnit.NANOSECONDS);
            checking = true;
        } catch (RejectedExecutionException e) {
            log.debug("the event loop has ended, all that waits gets a thread", e);
            workers.wakeForEach();
        }
    }

    private void check() {
        checking = false;
        if (workers.waiting() > 0) {
            workers.adapt(waitingBefore, takenBefore);
            wake();
            watch();
        }
    }
}
