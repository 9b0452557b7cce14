package io.teleport.transport.websocket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides about a request to open a WebSocket before it is accepted, such as by a token in its query. Comes after all other checks, that of the origin
 * included.
 */
@FunctionalInterface
public interface UpgradeCheck {

    /** Lets everybody in. */
    UpgradeCheck NONE = request -> CompletableFuture.completedFuture(UpgradeAnswer.allow());

    /**
     * Called on an event loop; must not block. The answer may come later and on any thread, within the handshake timeout of the peer. An exception is
     * a 500, and logged.
     */
    CompletionStage<UpgradeAnswer> check(HttpHead request);
}
