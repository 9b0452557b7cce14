package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs on the event loop after the header of a PUSH was read, one message of a session at a time; must not block. A refusal drops the PUSH. */
public interface PostReadPushHeaderHook extends Plugin {

    void postReadPushHeader(IncomingMessage push) throws Exception;
}
