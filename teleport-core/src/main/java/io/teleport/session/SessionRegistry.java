package io.teleport.session;

import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a peer that are open and not closing, by id. Thread-safe. An id belongs to its latest holder: the one before is closed, and
 * its end never removes the new holder.
 */
public final class SessionRegistry {

    private final ConcurrentHashMap<String, LiveSession> byId = new ConcurrentHashMap<>();

    /** Each session once, also while it goes from one id to another. */
    private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();

    /** The session with this id. */
    public Optional<Session> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many sessions there are. */
    public int count() {
        return sessions.size();
    }

    /** All sessions; those that come or go meanwhile may or may not be seen, those that are renamed are seen once. */
    public Stream<Session> stream() {
        return sessions.stream().map(Session.class::cast);
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
            sessions.add(session);
            previous = takeId(session, session.id());
        }
        kick(previous);
    }

    void rename(LiveSession session, String newId) {
        LiveSession previous = null;
        synchronized (this) {
            String oldId = session.id();
            if (oldId.equals(newId)) {
                return;
            }
            if (sessions.contains(session)) {
                // In this order a look-up finds the session under its id at every moment.
                previous = takeId(session, newId);
                session.id(newId);
                byId.remove(oldId, session);
            } else {
                session.id(newId);
            }
        }
        kick(previous);
    }

    /** Gives the holder before, which is in the registry no more. */
    private @Nullable LiveSession takeId(LiveSession session, String id) {
        LiveSession previous = byId.put(id, session);
        if (previous == null || previous == session) {
            return null;
        }
        sessions.remove(previous);
        return previous;
    }

    synchronized void remove(LiveSession session) {
        sessions.remove(session);
        byId.remove(session.id(), session);
    }

    /** Outside the lock, since it tells others of the end. */
    private static void kick(@Nullable LiveSession previous) {
        if (previous != null) {
            Duration grace = previous.environment().settings().closeTimeout();
            previous.close(grace, CloseReason.KICKED, "its id was taken by a newer session");
        }
    }
}
