package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which sessions belong to which principal, from their login to the beginning of their end. Changed under the registry's lock, read without. */
final class Logins {

    private final LoginPolicy policy;

    private final ConcurrentHashMap<String, Set<LiveSession>> byName = new ConcurrentHashMap<>();

    Logins(LoginPolicy policy) {
        this.policy = policy;
    }

    Stream<LiveSession> of(String name) {
        Set<LiveSession> sessions = byName.get(name);
        return sessions == null ? Stream.empty() : sessions.stream();
    }

    /** Takes a place for a session, open or still being prepared. */
    Status enter(LiveSession session, String name) {
        if (policy == LoginPolicy.REFUSE_NEW
                && of(name).anyMatch(other -> !other.state().hasEnded())) {
            return Status.builtIn(StatusCode.UNAUTHORIZED, "principal '" + name + "' is logged in already");
        }
        byName.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet()).add(session);
        return Status.OK;
    }

    /** Whether an open session takes the place of those that were open before. */
    boolean replaces() {
        return policy == LoginPolicy.REPLACE_OLDEST;
    }

    void leave(LiveSession session, String name) {
        Set<LiveSession> sessions = byName.get(name);
        if (sessions != null && sessions.remove(session) && sessions.isEmpty()) {
            byName.remove(name);
        }
    }
}
