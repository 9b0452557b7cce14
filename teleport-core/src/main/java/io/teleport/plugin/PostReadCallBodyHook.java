package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs on the handler's thread when the body of a CALL is decoded. A refusal is the reply; the handler is not called. */
public interface PostReadCallBodyHook extends Plugin {

    void postReadCallBody(IncomingMessage call) throws Exception;
}
