package io.teleport.plugin;

import io.teleport.session.Session;

/** Runs before each wait for a message, first when the session opens; must not block. A refusal closes the connection without a message. */
public interface PreReadHeaderHook extends Plugin {

    void preReadHeader(Session session) throws Exception;
}
