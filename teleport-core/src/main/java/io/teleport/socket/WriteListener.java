package io.teleport.socket;

import io.teleport.message.Status;

/** Learns what became of an accepted write. */
@FunctionalInterface
public interface WriteListener {

    /**
     * Called exactly once, usually on the event loop; must not block.
     *
     * @param outcome OK once the whole frame was handed to the network, else 102 with the cause
     */
    void written(Status outcome);
}
