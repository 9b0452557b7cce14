package io.teleport.socket;

/** Why a socket was closed. The first reason wins and is the only one recorded (guarantee G5). */
public enum CloseReason {
    /** Code on this side closed the session or the socket. */
    LOCAL,
    /** The other side ended the connection in an orderly way. */
    REMOTE,
    /** The connection broke: reset, unreachable, keep-alive unanswered. */
    IO_ERROR,
    /** Nothing was exchanged for longer than allowed. */
    IDLE,
    /** Application heartbeats failed to arrive. */
    HEARTBEAT_LOST,
    /** The other side sent bytes that are no valid message. */
    PROTOCOL_ERROR,
    /** The other side announced, or compressed, a message above the limit. */
    FRAME_TOO_LARGE,
    /** A frame that had begun was not whole in time: the other side stopped sending, or stopped reading, in the middle of it. */
    FRAME_TIMEOUT,
    /** A limit on connections or load was reached. */
    OVERLOADED,
    /** The other side did not prove who it is. */
    UNAUTHORIZED,
    /** The connection was refused or failed before its session began: TLS, WebSocket, or a hook on dialing or accepting. */
    HANDSHAKE_FAILED,
    /** The session reached its maximum age. */
    AGE_EXPIRED,
    /** An operator, or a newer login of the same principal, ended it. */
    KICKED,
    /** The peer shut down. */
    SHUTDOWN
}
