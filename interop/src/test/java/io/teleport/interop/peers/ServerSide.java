package io.teleport.interop.peers;

import java.util.List;

/** The end that listens, with the routes of {@code go-peer/README.md}. */
public interface ServerSide extends Side {

    /** {@code host:port}, or the path of a socket. */
    String address();

    /** Waits until a session is open, from here on calls and pushes reach it; gives its id. */
    String awaitSession();

    /** Pushes to all sessions. */
    void pushAll(String method, String text);

    /** Calls all sessions with numbers, for a number. */
    List<Outcome<Integer>> callAll(String method, int... numbers);

    /** Begins to end all sessions. */
    void endAll(Ending how);

    /** Ends the whole server in its ordinary way: the Java peer gracefully, the Go process at once. */
    void shutDown();
}
