package io.teleport.boot.client;

/**
 * States of the connection to a remote peer. Every move that is not in this table is refused:
 *
 * <pre>
 * from \ to    NEW  CONNECTING  CONNECTED  WAITING  CLOSED
 * NEW           -      yes          -         -      yes
 * CONNECTING   yes      -          yes       yes     yes
 * CONNECTED    yes     yes          -        yes     yes
 * WAITING      yes     yes          -         -      yes
 * CLOSED        -       -           -         -       -
 * </pre>
 */
public enum ConnectionState {
    /** Nobody has asked for it yet, or not since it was given up. */
    NEW,
    /** Its addresses are being dialed, one after another. */
    CONNECTING,
    /** There is a connection. */
    CONNECTED,
    /** No address could be reached, or the connection ended; dialed again after a delay. */
    WAITING,
    /** The application closed it or is stopping. Final. */
    CLOSED;

    boolean mayBecome(ConnectionState next) {
        return switch (next) {
            case NEW -> this != NEW && this != CLOSED;
            case CONNECTING -> this == NEW || this == WAITING || this == CONNECTED;
            case CONNECTED -> this == CONNECTING;
            case WAITING -> this == CONNECTING || this == CONNECTED;
            case CLOSED -> this != CLOSED;
        };
    }
}
