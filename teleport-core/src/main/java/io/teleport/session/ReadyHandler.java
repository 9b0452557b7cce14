package io.teleport.session;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs on each new connection of a dialed session, the first and every later one, before anything else is sent on it: to log in, to subscribe again.
 * The peer's handshake timeout limits it; a failure is a failed attempt to dial.
 */
@FunctionalInterface
public interface ReadyHandler {

    /**
     * Begins; off the event loop.
     *
     * @param connection calls and pushes on this connection. Those made on the session itself are refused before it is first open, and wait when it
     *     is dialed again; to wait for them here would be to wait for oneself
     * @param redial whether the session was open before
     * @return completes when the session may be used; null if it may be now
     */
    @Nullable
    CompletionStage<?> ready(Requester connection, Session session, boolean redial) throws Exception;
}
