package io.teleport.plugin;

import io.teleport.transport.TransportAddress;

/** Runs on the dialing thread before a connection is made. A refusal is what dialing fails with; there is no connection. */
public interface PreDialHook extends Plugin {

    void preDial(TransportAddress address) throws Exception;
}
