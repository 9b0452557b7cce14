package io.teleport.plugin;

import io.teleport.session.OutgoingMessage;

/** Runs before a PUSH of ours is packed, on the pushing thread. A refusal is the push's outcome; nothing is sent. */
public interface PreWritePushHook extends Plugin {

    void preWritePush(OutgoingMessage push) throws Exception;
}
