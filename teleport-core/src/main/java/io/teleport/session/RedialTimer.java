package io.teleport.session;

import java.time.Duration;

/** Runs something later: the delays between redials. Virtual in tests. */
@FunctionalInterface
public interface RedialTimer {

    /**
     * Runs the task once after the delay, off the calling thread.
     *
     * @return forgets the task if it has not begun
     */
    Runnable after(Duration delay, Runnable task);

    /** The clock it goes by, its origin unknown. */
    default long nanoTime() {
        return System.nanoTime();
    }
}
