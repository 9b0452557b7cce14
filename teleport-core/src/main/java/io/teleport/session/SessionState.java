package io.teleport.session;

/**
 * States of a session. Every move that is not in this table is refused:
 *
 * <pre>
 * from \ to    PREPARING  OPEN  CLOSING  CLOSED
 * PREPARING        -       yes    yes      yes
 * OPEN             -        -     yes      yes
 * CLOSING          -        -      -       yes
 * CLOSED           -        -      -        -
 * </pre>
 */
public enum SessionState {
    /** Connected; the hooks for dialing or accepting run. No call and no push yet. */
    PREPARING,
    /** Calls and pushes go both ways. */
    OPEN,
    /** Takes no new call or push of ours; running handlers and pending calls end within the grace period. */
    CLOSING,
    /** Nothing runs any more. Final. */
    CLOSED;

    /** Whether its end has begun. */
    boolean hasEnded() {
        return this == CLOSING || this == CLOSED;
    }

    /** Whether the table allows the move. */
    public boolean mayBecome(SessionState next) {
        return next.compareTo(this) > 0;
    }
}
