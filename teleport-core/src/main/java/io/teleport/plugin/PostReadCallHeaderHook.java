package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs on the event loop after the header of a CALL was read, one message of a session at a time; must not block. A refusal is the reply. */
public interface PostReadCallHeaderHook extends Plugin {

    void postReadCallHeader(IncomingMessage call) throws Exception;
}
