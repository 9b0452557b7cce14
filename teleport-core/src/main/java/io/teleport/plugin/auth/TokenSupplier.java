package io.teleport.plugin.auth;

import io.teleport.session.Session;
import org.jspecify.annotations.Nullable;

/** Says what to send to prove who we are. */
@FunctionalInterface
public interface TokenSupplier {

    /**
     * Asked anew for each connection, also when a session is dialed again. Called off the event loop, by several threads at once.
     *
     * @param session being dialed: where to, and with which certificates
     * @return an object for the codec, bytes as they are, null for an empty body, or a {@link java.util.concurrent.CompletionStage} of one
     * @throws Exception to end the dialing with 105, the text as cause
     */
    @Nullable
    Object token(Session session) throws Exception;

    /** Always the same token, which its text form does not show. */
    static TokenSupplier fixed(Object token) {
        return new FixedToken(token);
    }
}
