package io.teleport.plugin;

import io.teleport.session.Session;
import io.teleport.socket.CloseCause;

/** Runs once for each session, off the event loop, when its connection is gone. A refusal is only logged. */
public interface PostDisconnectHook extends Plugin {

    void postDisconnect(Session session, CloseCause cause) throws Exception;
}
