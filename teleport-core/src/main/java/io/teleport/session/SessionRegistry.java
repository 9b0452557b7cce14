package io.teleport.session;

import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a peer that are open and not closing, by id. Thread-safe. An id belongs to its latest holder: the one before is closed, and
 * its end never removes the new holder.
 */
public final class SessionRegistry {

    private final ConcurrentHashMap<String, LiveSession> byId = new ConcurrentHashMap<>();

    /** The session with this id. */
    public Optional<Session> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many sessions there are. */
    public int count() {
        return byId.size();
    }

    /** All sessions; those that come or go meanwhile may or may not be seen. */
    public Stream<Session> stream() {
        return byId.values().stream().map(Session.class::cast);
    }

    /**
     * Gives the session with this id another one; as {@link Session#rename}.
     *
     * @return false if there is no such session
     */
    public boolean rename(String id, String newId) {
        LiveSession session = byId.get(id);
        if (session == null) {
            return false;
        }
        session.rename(newId);
        return true;
    }

    void add(LiveSession session) {
        LiveSession previous;
        synchronized (this) {
            previous = byId.put(session.id(), session);
            session.indexed(true);
        }
        kick(previous, session);
    }

    void rename(LiveSession session, String newId) {
        LiveSession previous = null;
        synchronized (this) {
            String oldId = session.id();
            if (oldId.equals(newId)) {
                return;
            }
            session.id(newId);
            if (session.isIndexed()) {
                // In this order a look-up finds the session under one of its ids at every moment.
                previous = byId.put(newId, session);
                byId.remove(oldId, session);
            }
        }
        kick(previous, session);
    }

    synchronized void remove(LiveSession session) {
        session.indexed(false);
        byId.remove(session.id(), session);
    }

    private static void kick(@Nullable LiveSession previous, LiveSession successor) {
        if (previous != null && previous != successor) {
            Duration grace = previous.environment().settings().closeTimeout();
            previous.close(grace, CloseReason.KICKED, "its id was taken by a newer session");
        }
    }
}
