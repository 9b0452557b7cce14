package io.teleport.plugin;

import io.teleport.session.Handshake;
import java.util.concurrent.CompletionStage;

/**
 * Exchanges messages with the other side when a dialed connection is made, before {@link PostDialHook} and before the session is open; at each redial
 * again. As {@link AcceptHandshakeHook} otherwise; a refusal makes dialing fail with 105, whose cause is the refusal's cause.
 */
public interface DialHandshakeHook extends Plugin {

    /** Begins the handshake; off the event loop, and without blocking. */
    CompletionStage<?> dialHandshake(Handshake handshake) throws Exception;
}
