package io.teleport.session;

/** Is told when nobody waits any longer for what it handles. On the event loop, or on the thread that begins to watch; must not block. */
public interface InboundWatcher {

    /** The deadline has passed. Told once at the most for each deadline. */
    void deadlinePassed();

    /** The connection that the message came from has ended. Told once at the most. */
    void connectionEnded();
}
