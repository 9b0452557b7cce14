package io.teleport.plugin;

import io.teleport.session.OutgoingMessage;

/** Runs after a CALL of ours was accepted for sending. A refusal is only logged. */
public interface PostWriteCallHook extends Plugin {

    void postWriteCall(OutgoingMessage call) throws Exception;
}
