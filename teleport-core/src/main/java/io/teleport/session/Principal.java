package io.teleport.session;

import java.util.Map;
import java.util.Set;

/**
 * Who the other side of a session is, once it has proved it. Immutable.
 *
 * @param name by which a peer counts, finds and replaces logins; not blank
 * @param roles what it may do; empty unless whoever checked the login says otherwise
 * @param attributes whatever else is known of it; values are shared, so they should be immutable
 */
public record Principal(String name, Set<String> roles, Map<String, Object> attributes) {

    /** @throws IllegalArgumentException if the name is blank */
    public Principal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a principal is blank (expected a name)");
        }
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    /** A principal without attributes. */
    public static Principal of(String name, String... roles) {
        return new Principal(name, Set.of(roles), Map.of());
    }

    /** Whether it has the role. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /** The name and the roles; attributes may be secret. */
    @Override
    public String toString() {
        return roles.isEmpty() ? name : name + " " + roles;
    }
}
