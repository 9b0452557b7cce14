package io.teleport.plugin;

import io.teleport.session.Session;

/** Runs off the event loop when a connection was accepted, before the session is open. A refusal closes the connection without a message. */
public interface PostAcceptHook extends Plugin {

    void postAccept(Session session) throws Exception;
}
