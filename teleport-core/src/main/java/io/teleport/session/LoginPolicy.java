package io.teleport.session;

/**
 * What becomes of a login while another session of the same principal is there. A session is there until its closing begins; that of a cut
 * connection is until the cut is noticed.
 */
public enum LoginPolicy {
    /** Any number of sessions of one principal. */
    ALLOW_MANY,
    /**
     * The new session stays; those before it are closed at once with reason {@link io.teleport.socket.CloseReason#KICKED}. The new one neither waits
     * for their end nor fails by it.
     */
    REPLACE_OLDEST,
    /** The session that is there stays; the new login is refused with 401. */
    REFUSE_NEW
}
