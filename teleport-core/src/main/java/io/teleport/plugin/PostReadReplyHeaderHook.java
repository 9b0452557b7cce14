package io.teleport.plugin;

import io.teleport.session.IncomingMessage;

/** Runs when a REPLY was matched with its call, off the event loop. A refusal becomes the call's outcome. */
public interface PostReadReplyHeaderHook extends Plugin {

    void postReadReplyHeader(IncomingMessage reply) throws Exception;
}
