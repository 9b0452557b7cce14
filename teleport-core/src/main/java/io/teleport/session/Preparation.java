package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.socket.CloseReason;
import io.teleport.socket.GuardedSocket;
import java.time.Duration;

/**
 * A new connection of a session before the session runs on it: whoever made it has the handshake done and the hooks run, and then opens the session, or
 * refuses the connection. Thread-safe.
 */
public final class Preparation {

    private final LiveSession session;

    private final Link link;

    private final boolean redial;

    Preparation(LiveSession session, Link link, boolean redial) {
        this.session = session;
        this.link = link;
        this.redial = redial;
    }

    public LiveSession session() {
        return session;
    }

    public GuardedSocket socket() {
        return link.socket();
    }

    /** Whether the session was open before, on another connection. */
    public boolean isRedial() {
        return redial;
    }

    /** Begins the exchange of messages before the session is open. At the most once. */
    public Handshake handshake() {
        return link.handshake(redial);
    }

    /**
     * Begins to read before the session is open, for calls and pushes on this very connection.
     *
     * @return what they are made on
     */
    public Requester begin() {
        link.start();
        return session.requester(link);
    }

    /**
     * Opens the session on this connection: it enters the registry and, unless it was {@linkplain #begin begun}, reading begins.
     *
     * @return false if the connection, or the session, ended meanwhile
     */
    public boolean open() {
        return session.open(link);
    }

    /** Closes the connection; a session that was not open before ends with it. */
    public void refuse(Status refusal) {
        String detail = String.valueOf(refusal.causeOrMsg());
        if (redial) {
            session.logout();
            link.socket().close(CloseReason.HANDSHAKE_FAILED, detail);
        } else {
            session.close(Duration.ZERO, CloseReason.HANDSHAKE_FAILED, detail);
        }
    }

    /** What a refused or failed write on this connection gets. */
    public Status closedStatus() {
        return link.socket().closedStatus();
    }
}
