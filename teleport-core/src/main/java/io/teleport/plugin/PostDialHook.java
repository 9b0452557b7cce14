package io.teleport.plugin;

import io.teleport.session.Session;

/** Runs off the event loop when a dialed connection is made, before the session is open. A refusal closes the connection; dialing fails with 105,
 * whose cause is the refusal's cause. */
public interface PostDialHook extends Plugin {

    void postDial(Session session, boolean redial) throws Exception;
}
