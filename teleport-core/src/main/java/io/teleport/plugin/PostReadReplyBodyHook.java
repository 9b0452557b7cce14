package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs when the body of a successful REPLY is decoded; not for error replies. A refusal becomes the call's outcome. */
public interface PostReadReplyBodyHook extends Plugin {

    void postReadReplyBody(IncomingMessage reply) throws Exception;
}
