package io.teleport.socket;

/**
 * States of a socket. A socket only moves forward; every move that is not in this table is refused:
 *
 * <pre>
 * from \ to   OPENING  OPEN  CLOSING  CLOSED
 * OPENING        -      yes    yes      yes
 * OPEN           -       -     yes      yes
 * CLOSING        -       -      -       yes
 * CLOSED         -       -      -        -
 * </pre>
 */
public enum SocketState {
    /** Connected, but nothing is read yet: handshakes and the hooks for dialing and accepting run. */
    OPENING(true),
    /** Reads and writes. */
    OPEN(true),
    /** Has its close reason. Takes no new write; frames accepted before are still being written. */
    CLOSING(false),
    /** The connection is gone and every outcome has been told. Final. */
    CLOSED(false);

    private final boolean writable;

    SocketState(boolean writable) {
        this.writable = writable;
    }

    /** Whether a write that starts now is accepted. */
    public boolean acceptsWrites() {
        return writable;
    }

    /** Whether the table allows the move. */
    public boolean mayBecome(SocketState next) {
        return next.compareTo(this) > 0;
    }
}
