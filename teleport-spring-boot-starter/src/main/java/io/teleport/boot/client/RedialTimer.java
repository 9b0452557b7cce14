package io.teleport.boot.client;

import java.time.Duration;

/** Runs something later. */
@FunctionalInterface
interface RedialTimer {

    /**
     * Runs the task once after the delay, off the calling thread.
     *
     * @return forgets the task if it has not begun
     */
    Runnable after(Duration delay, Runnable task);
}
