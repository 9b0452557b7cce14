package io.teleport.plugin.heartbeat;

/** How heartbeats are sent. */
public enum PingMode {
    /** As calls: the other side must answer, within two rates. */
    CALL,
    /** As pushes: it is enough that the network takes them. */
    PUSH
}
