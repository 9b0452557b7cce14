package io.teleport.plugin;

import io.teleport.session.OutgoingMessage;

/** Runs before a REPLY of ours is packed. A refusal is only logged. */
public interface PreWriteReplyHook extends Plugin {

    void preWriteReply(OutgoingMessage reply) throws Exception;
}
