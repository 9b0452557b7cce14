package io.teleport.socket;

import io.teleport.message.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The owner of a socket: gets its messages and its end. Called on the socket's event loop, one event at a time; must not block. */
public interface SocketListener {

    /** A message arrived. The listener owns it and releases it. */
    void onMessage(Message message);

    /** The connection is gone. Called exactly once, after the last message. */
    void onClosed(CloseCause cause);

    /** Id of the session, for snapshots. Called on any thread. */
    String sessionId();

    /** Name of who is logged in, for snapshots; null if nobody is. Called on any thread. */
    default @Nullable String principal() {
        return null;
    }

    /** Calls of either direction that run on this socket, for snapshots. Called on any thread. */
    int callsInFlight();

    /** Last heartbeat that came, was answered, or, as a push, was sent; for snapshots. Null if there was none, or nobody looks after heartbeats. Called on any thread. */
    default @Nullable Instant lastBeatAt() {
        return null;
    }
}
