package io.teleport.plugin;

import io.teleport.session.Handshake;
import java.util.concurrent.CompletionStage;

/**
 * Exchanges messages with the other side when a connection was accepted, before {@link PostAcceptHook} and before the session is open. Handshakes of
 * several plugins follow one another in their order. The peer's handshake timeout limits all of them together; the connection then ends with reason
 * HANDSHAKE_FAILED.
 *
 * <p>A refusal (a stage that fails, or an exception) closes the connection without a further message; what was sent before is still delivered. A plugin
 * that wants another close reason uses {@link Handshake#close} before it refuses.
 */
public interface AcceptHandshakeHook extends Plugin {

    /** Begins the handshake; off the event loop, and without blocking: a thread that waits for a silent client is a thread lost. */
    CompletionStage<?> acceptHandshake(Handshake handshake) throws Exception;
}
