package io.teleport.session;

import io.teleport.message.Status;
import java.time.Duration;

/** Learns how the dialing of one session goes, the first time and again. Called off the event loop, one event at a time; must not block for long. */
public interface RedialListener {

    /** Nobody listens. */
    RedialListener NONE = new RedialListener() {};

    /** The connection ended, and not by our own closing; it is dialed again. */
    default void lost(Status cause) {}

    /** An address is being dialed. */
    default void attempt(String address) {}

    /** The session runs on a connection to this address. */
    default void connected(String address) {}

    /** The address could not be reached, or refused us. */
    default void failed(String address, Status cause) {}

    /** The next round of attempts begins after the delay. */
    default void waiting(Duration delay) {}

    /** There will be no further attempt. */
    default void gaveUp(Status cause) {}
}
