package io.teleport.session;

/**
 * States of a session. Every move that is not in this table is refused:
 *
 * <pre>
 * from \ to    PREPARING  OPEN  REDIALING  CLOSING  CLOSED
 * PREPARING        -       yes      -        yes      yes
 * OPEN             -        -      yes       yes      yes
 * REDIALING        -       yes      -        yes      yes
 * CLOSING          -        -       -         -       yes
 * CLOSED           -        -       -         -        -
 * </pre>
 */
public enum SessionState {
    /** Connected for the first time; handshakes and the hooks for dialing or accepting run. No call and no push yet. */
    PREPARING,
    /** Calls and pushes go both ways. */
    OPEN,
    /** The connection ended and another one is being made. Calls and pushes wait for it or fail, as the policy says. */
    REDIALING,
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
        return switch (next) {
            case PREPARING -> false;
            case OPEN -> this == PREPARING || this == REDIALING;
            case REDIALING -> this == OPEN;
            case CLOSING -> this != CLOSING && this != CLOSED;
            case CLOSED -> this != CLOSED;
        };
    }
}
