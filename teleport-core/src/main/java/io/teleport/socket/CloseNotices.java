package io.teleport.socket;

import io.teleport.transport.CloseNotice;

/** What the other side is told of each close reason: never more than it may know. Details go only to a side that broke a rule itself. */
final class CloseNotices {

    private static final int NORMAL = 1000;

    private static final int GOING_AWAY = 1001;

    private static final int PROTOCOL_ERROR = 1002;

    private static final int POLICY_VIOLATION = 1008;

    private static final int TOO_BIG = 1009;

    private static final int INTERNAL_ERROR = 1011;

    private static final int TRY_AGAIN_LATER = 1013;

    private CloseNotices() {}

    static CloseNotice of(CloseCause cause, boolean patient) {
        return switch (cause.reason()) {
            case LOCAL, REMOTE -> new CloseNotice(NORMAL, "", patient);
            case SHUTDOWN -> new CloseNotice(GOING_AWAY, "shutting down", patient);
            case IDLE -> new CloseNotice(GOING_AWAY, "idle for too long", patient);
            case AGE_EXPIRED -> new CloseNotice(GOING_AWAY, "session has reached its age", patient);
            case HEARTBEAT_LOST -> new CloseNotice(GOING_AWAY, "heartbeats failed to arrive", patient);
            case PROTOCOL_ERROR -> new CloseNotice(PROTOCOL_ERROR, cause.detail(), patient);
            case FRAME_TOO_LARGE -> new CloseNotice(TOO_BIG, cause.detail(), patient);
            case FRAME_TIMEOUT -> new CloseNotice(POLICY_VIOLATION, cause.detail(), patient);
            case UNAUTHORIZED -> new CloseNotice(POLICY_VIOLATION, "unauthorized", patient);
            case KICKED -> new CloseNotice(POLICY_VIOLATION, "kicked", patient);
            case HANDSHAKE_FAILED -> new CloseNotice(POLICY_VIOLATION, "refused", patient);
            case OVERLOADED -> new CloseNotice(TRY_AGAIN_LATER, "overloaded", patient);
            case IO_ERROR -> new CloseNotice(INTERNAL_ERROR, "", patient);
        };
    }
}
