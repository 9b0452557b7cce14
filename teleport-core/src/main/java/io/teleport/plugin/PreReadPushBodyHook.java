package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs on the event loop when the route of a PUSH is known; must not block. A refusal drops the PUSH. */
public interface PreReadPushBodyHook extends Plugin {

    void preReadPushBody(IncomingMessage push) throws Exception;
}
