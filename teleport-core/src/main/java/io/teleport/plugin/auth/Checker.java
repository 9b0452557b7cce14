package io.teleport.plugin.auth;

import io.teleport.session.Session;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who the other side is: what Go's checker function does. Where a principal is all there is to find out, {@link TokenChecker} is simpler.
 */
@FunctionalInterface
public interface Checker {

    /**
     * Called for each accepted connection, off the event loop; must not block. Nobody is logged in unless this calls {@link Session#login}.
     *
     * @return what the other side gets with the acceptance, null for nothing; fails to refuse it
     */
    CompletionStage<@Nullable Object> check(Session session, ReceiveOnce receive) throws Exception;

    /** The way from the other side. */
    interface ReceiveOnce {

        /**
         * Receives the AUTH_CALL.
         *
         * @param infoType as {@link Session#call} takes it for results
         * @return the body; fails with a {@link io.teleport.message.StatusException}: 401 if something else than an AUTH_CALL came, 400 if the body
         *     cannot be decoded, 102 if the connection ended first, 500 if this was called before
         */
        <T> CompletionStage<T> receive(Class<T> infoType);
    }
}
