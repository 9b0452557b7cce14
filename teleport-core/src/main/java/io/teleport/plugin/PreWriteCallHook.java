package io.teleport.plugin;

import io.teleport.session.OutgoingMessage;

/** Runs before a CALL of ours is packed, on the calling thread. A refusal is the call's outcome; nothing is sent. */
public interface PreWriteCallHook extends Plugin {

    void preWriteCall(OutgoingMessage call) throws Exception;
}
