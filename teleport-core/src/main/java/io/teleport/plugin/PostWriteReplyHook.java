package io.teleport.plugin;

import io.teleport.session.OutgoingMessage;

/**
 * Runs after a REPLY of ours was accepted for sending. A refusal is only logged. On the thread on which the result became complete; on the event loop if
 * the route is inline, or there is no handler thread. Not for a 500 of an unexpected exception, nor for a 408 of the handler's deadline.
 */
public interface PostWriteReplyHook extends Plugin {

    void postWriteReply(OutgoingMessage reply) throws Exception;
}
