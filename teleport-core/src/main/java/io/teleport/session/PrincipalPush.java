package io.teleport.session;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One push to all sessions of some principals, and the report of it. Not thread-safe. */
final class PrincipalPush {

    private final SessionRegistry registry;

    private final String serviceMethod;

    private final @Nullable Object body;

    private int delivered;

    private final Set<String> offline = new LinkedHashSet<>();

    private final List<PushReport.Refusal> refused = new ArrayList<>();

    PrincipalPush(SessionRegistry registry, String serviceMethod, @Nullable Object body) {
        this.registry = registry;
        this.serviceMethod = serviceMethod;
        this.body = body;
    }

    void to(String principal) {
        boolean there = false;
        for (Session session : registry.ofPrincipal(principal).toList()) {
            there |= to(principal, session);
        }
        if (!there) {
            offline.add(principal);
        }
    }

    /** Gives false if the session has ended meanwhile. */
    private boolean to(String principal, Session session) {
        try {
            session.push(serviceMethod, body);
            delivered++;
        } catch (StatusException e) {
            Status status = e.status();
            if (status.code() == StatusCode.CONNECTION_CLOSED) {
                return false;
            }
            refused.add(new PushReport.Refusal(principal, session.id(), status));
        }
        return true;
    }

    PushReport report() {
        return new PushReport(delivered, offline, refused);
    }
}
