package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs on the event loop when the route of a CALL is known; must not block. A refusal is the reply. */
public interface PreReadCallBodyHook extends Plugin {

    void preReadCallBody(IncomingMessage call) throws Exception;
}
