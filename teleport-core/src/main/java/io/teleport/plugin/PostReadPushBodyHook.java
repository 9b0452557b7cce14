package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs on the handler's thread when the body of a PUSH is decoded. A refusal drops the PUSH. */
public interface PostReadPushBodyHook extends Plugin {

    void postReadPushBody(IncomingMessage push) throws Exception;
}
