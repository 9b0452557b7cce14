package io.teleport.boot.client;

/**
 * States of the connection to a remote peer. Every move that is not in this table is refused:
 *
 * <pre>
 * from \ to    NEW  CONNECTING  CONNECTED  WAITING  CLOSED
 * NEW           -      yes          -         -      yes
 * CONNECTING    -       -          yes       yes     yes
 * CONNECTED     -       -           -        yes     yes
 * WAITING       -      yes          -         -      yes
 * CLOSED        -       -           -         -       -
 * </pre>
 */
public enum ConnectionState {
    /** Nobody has asked for it yet. */
    NEW,
    /** Its addresses are being dialed, one after another. */
    CONNECTING,
    /** There is a session. */
    CONNECTED,
    /** No address could be reached, or the session ended; dialed again after a delay. */
    WAITING,
    /** The application closed it or is stopping. Final. */
    CLOSED;

    boolean mayBecome(ConnectionState next) {
        return switch (next) {
            case NEW -> false;
            case CONNECTING -> this == NEW || this == WAITING;
            case CONNECTED -> this == CONNECTING;
            case WAITING -> this == CONNECTING || this == CONNECTED;
            case CLOSED -> this != CLOSED;
        };
    }
}
