package io.teleport.interop.peers;

/** How a side ends a session. */
public enum Ending {
    /** Running handlers and pending calls end first. */
    GRACEFUL,
    /** The connection is closed at once, in an orderly way. */
    ABRUPT,
    /** The connection is closed at once, with a TCP reset. Only the Go peer can. */
    RESET
}
