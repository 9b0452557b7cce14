package io.teleport.session;

/**
 * States of what dials for one session. Every move that is not in this table is refused:
 *
 * <pre>
 * from \ to    IDLE  DIALING  WAITING  STOPPED
 * IDLE          -      yes       -       yes
 * DIALING      yes      -       yes      yes
 * WAITING       -      yes       -       yes
 * STOPPED       -       -        -        -
 * </pre>
 */
enum RedialState {
    /** There is a connection, or dialing has not begun. */
    IDLE,
    /** Addresses are being dialed, one after another. */
    DIALING,
    /** Every address failed; the next round begins after a delay. */
    WAITING,
    /** Given up, or the session was closed. Final. */
    STOPPED;

    boolean mayBecome(RedialState next) {
        return switch (next) {
            case IDLE -> this == DIALING;
            case DIALING -> this == IDLE || this == WAITING;
            case WAITING -> this == DIALING;
            case STOPPED -> this != STOPPED;
        };
    }
}
