package io.teleport.plugin;

import io.teleport.session.OutgoingMessage;

/** Runs after a REPLY of ours was accepted for sending. A refusal is only logged. */
public interface PostWriteReplyHook extends Plugin {

    void postWriteReply(OutgoingMessage reply) throws Exception;
}
