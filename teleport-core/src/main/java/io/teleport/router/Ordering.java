package io.teleport.router;

/**
 * In which order handlers run (guarantee G8), for a whole peer or for single routes. Replies match by number in any case, and are sent as results
 * become complete. Inline routes take no part: they run at once, on the event loop.
 *
 * <p>Where there is an order, the next handler begins when the result of the one before is complete; that of a future when the future is.
 * A handler that waits for something that must be handled after it waits for itself. A deadline answers the caller, it does not let the next one begin
 * while the handler still runs.
 */
public enum Ordering {
    /** In parallel; a later message may overtake an earlier one. */
    NONE,
    /** Messages of one connection one after another, in the order of their arrival. Routes in order share it: together they are one sequence. */
    SESSION,
    /** Messages of one key one after another ({@link OrderKey}); those without a key as with {@link #NONE}. */
    KEY
}
