package io.teleport.socket;

/** Which side of the connection this is. */
public enum SocketRole {
    /** The other side connected to us. */
    ACCEPTED,
    /** We connected to the other side. */
    DIALED
}
