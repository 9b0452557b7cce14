package io.teleport.router;

/** In which order the handlers of one session's messages run (guarantee G8). Replies match by number in either case. */
public enum Ordering {
    /** In parallel; a later message may overtake an earlier one. */
    NONE,
    /**
     * One after another, in the order of arrival; the next begins when the result of the one before is complete. A handler that calls back over its own
     * session, and waits for something that arrives as a call on it, waits for itself.
     */
    SESSION
}
