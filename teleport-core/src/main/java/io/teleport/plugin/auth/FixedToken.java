package io.teleport.plugin.auth;

import io.teleport.session.Session;

/** A token that never changes. */
final class FixedToken implements TokenSupplier {

    private final Object token;

    FixedToken(Object token) {
        this.token = token;
    }

    @Override
    public Object token(Session session) {
        return token;
    }

    @Override
    public String toString() {
        return "a fixed token";
    }
}
