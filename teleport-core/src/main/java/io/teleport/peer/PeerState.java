package io.teleport.peer;

/**
 * States of a peer, each reached at most once, in this order. Dialing is possible until the peer closes.
 */
public enum PeerState {
    /** Built; does not listen. */
    NEW,
    /** {@link Peer#start()} has bound all its addresses. */
    RUNNING,
    /** Accepts and dials nothing more; its sessions are ending. */
    CLOSING,
    /** All sessions, threads and sockets are gone. */
    CLOSED
}
