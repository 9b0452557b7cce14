package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs before the body of a REPLY is decoded, off the event loop. A refusal becomes the call's outcome. */
public interface PreReadReplyBodyHook extends Plugin {

    void preReadReplyBody(IncomingMessage reply) throws Exception;
}
