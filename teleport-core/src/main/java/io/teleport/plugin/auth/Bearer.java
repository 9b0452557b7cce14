package io.teleport.plugin.auth;

import io.teleport.session.Session;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Proves who we are and looks at the answer: what Go's bearer function does. Where a token is all there is, {@link TokenSupplier} is simpler. */
@FunctionalInterface
public interface Bearer {

    /**
     * Called for each connection, off the event loop; must not block.
     *
     * @return completes when the session may be opened; fails to end the dialing with 105
     */
    CompletionStage<?> authenticate(Session session, SendOnce send) throws Exception;

    /** The way to the other side. */
    interface SendOnce {

        /**
         * Sends an AUTH_CALL and receives the AUTH_REPLY.
         *
         * @param info an object for the codec, bytes as they are, or null for none
         * @param resultType as {@link Session#call} takes it
         * @return the result; fails with a {@link io.teleport.message.StatusException}: the other side's refusal, 401 if something else than an
         *     AUTH_REPLY came, 104 if this was called before
         */
        <R> CompletionStage<R> send(@Nullable Object info, Class<R> resultType);
    }
}
