package io.teleport.plugin;

import io.teleport.session.OutgoingMessage;

/** Runs after a PUSH of ours was accepted for sending. A refusal is only logged. */
public interface PostWritePushHook extends Plugin {

    void postWritePush(OutgoingMessage push) throws Exception;
}
