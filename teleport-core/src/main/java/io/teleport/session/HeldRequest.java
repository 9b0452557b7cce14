package io.teleport.session;

import io.teleport.message.Status;

/** A call or push that waits for a connection. */
interface HeldRequest {

    /** Until when it waits at the most, by the clock of its session. */
    long deadlineNanos();

    /** Whether its outcome is known already, as when it was cancelled. */
    boolean isOver();

    OutgoingMessage message();

    /**
     * Sends it.
     *
     * @return OK if it was accepted, or has its outcome by other ways; else why not: nothing was sent, and it waits nowhere
     */
    Status sendOn(Link link, Calls calls);

    /** Brings its outcome, unless another came first. */
    void failHeld(Status status);

    /** What it gets when it has waited long enough. */
    Status timedOut();
}
