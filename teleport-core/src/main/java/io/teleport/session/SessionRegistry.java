package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.message.StatusException;
import io.teleport.socket.CloseReason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of a peer that are open and not closing, by id and by principal. Thread-safe. An id belongs to its latest holder: the one before is
 * closed, and its end never removes the new holder. A principal has as many sessions as the {@link LoginPolicy} allows.
 */
public final class SessionRegistry {

    private static final Logger log = LoggerFactory.getLogger(SessionRegistry.class);

    private final ConcurrentHashMap<String, LiveSession> byId = new ConcurrentHashMap<>();

    /** Each session once, also while it goes from one id to another. */
    private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();

    private final Logins logins;

    /** @param policy what becomes of a login while another session of the principal is there */
    public SessionRegistry(LoginPolicy policy) {
        this.logins = new Logins(policy);
    }

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

    /** The open sessions of a principal. */
    public Stream<Session> ofPrincipal(String name) {
        return logins.of(name).filter(sessions::contains).map(Session.class::cast);
    }

    /**
     * Pushes to all sessions of a principal at this peer. Does not wait until it is sent; the body is packed for each session.
     *
     * @return what became of it; nothing is thrown for sessions that do not accept it
     */
    public PushReport push(String principal, String serviceMethod, @Nullable Object body) {
        return push(List.of(principal), serviceMethod, body);
    }

    /** As {@link #push(String, String, Object)}, to several principals. */
    public PushReport push(Collection<String> principals, String serviceMethod, @Nullable Object body) {
        PrincipalPush push = new PrincipalPush(this, serviceMethod, body);
        Set.copyOf(principals).forEach(push::to);
        return push.report();
    }

    void add(LiveSession session) {
        LiveSession previous;
        List<LiveSession> replaced;
        synchronized (this) {
            if (session.isNamedByAddress()) {
                // That of this connection, which need not be the first of the session.
                session.id(freeAddress(session));
            }
            sessions.add(session);
            previous = takeId(session, session.id());
            replaced = replace(session);
        }
        kick(previous);
        replaced.forEach(SessionRegistry::kickLogin);
    }

    /** @param wanted the id; empty for the address */
    void rename(LiveSession session, String wanted) {
        LiveSession previous = null;
        String oldId;
        String newId;
        synchronized (this) {
            session.namedByAddress(wanted.isEmpty());
            newId = wanted.isEmpty() ? freeAddress(session) : wanted;
            oldId = session.id();
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
        log.trace("session changes id: {} -> {}", oldId, newId);
        kick(previous);
    }

    /**
     * Connections may have one end in common and differ in the other, such as two that were dialed to different servers. So an address, which nobody has
     * asked for, takes no id away from another session.
     */
    private String freeAddress(LiveSession session) {
        String address = session.addressId();
        LiveSession holder = byId.get(address);
        return holder == null || holder == session ? address : address + "#" + session.socketId();
    }

    /** Gives the holder before, which is in the registry no more. */
    private @Nullable LiveSession takeId(LiveSession session, String id) {
        LiveSession previous = byId.put(id, session);
        if (previous == null || previous == session) {
            return null;
        }
        forget(previous);
        return previous;
    }

    /**
     * Binds a principal to a session, open or still being prepared.
     *
     * @throws IllegalStateException if it has one
     * @throws StatusException 401 if the policy refuses the login, 102 if the session is closed
     */
    void login(LiveSession session, Principal principal) {
        List<LiveSession> replaced;
        synchronized (this) {
            Principal present = session.principal();
            if (present != null) {
                throw new IllegalStateException(session + " is logged in already, as " + present);
            }
            Status outcome =
                    session.state().hasEnded() ? session.closedStatus() : logins.enter(session, principal.name());
            if (!outcome.isOk()) {
                throw StatusException.withoutStackTrace(outcome);
            }
            session.principal(principal);
            replaced = sessions.contains(session) ? replace(session) : List.of();
        }
        replaced.forEach(SessionRegistry::kickLogin);
    }

    synchronized void logout(LiveSession session) {
        Principal principal = session.principal();
        if (principal != null) {
            logins.leave(session, principal.name());
            session.principal(null);
        }
    }

    /** Gives those whose place an open session takes; they are in the registry no more. */
    private List<LiveSession> replace(LiveSession session) {
        Principal principal = session.principal();
        if (principal == null || !logins.replaces()) {
            return List.of();
        }
        // One that is not open yet is no older: it replaces this one when it opens.
        List<LiveSession> replaced = logins.of(principal.name())
                .filter(other -> other != session && sessions.contains(other))
                .toList();
        replaced.forEach(this::forget);
        return replaced;
    }

    synchronized void remove(LiveSession session) {
        forget(session);
    }

    private void forget(LiveSession session) {
        sessions.remove(session);
        byId.remove(session.id(), session);
        Principal principal = session.principal();
        if (principal != null) {
            logins.leave(session, principal.name());
        }
    }

    // Outside the lock, since closing tells others.

    private static void kick(@Nullable LiveSession previous) {
        if (previous != null) {
            Duration grace = previous.environment().settings().closeTimeout();
            previous.close(grace, CloseReason.KICKED, "its id was taken by a newer session");
        }
    }

    /** At once: whoever was replaced may do no more in the name of the principal. */
    private static void kickLogin(LiveSession replaced) {
        replaced.close(Duration.ZERO, CloseReason.KICKED, "replaced by a newer login of " + replaced.principal());
    }
}
