package io.teleport.socket;

import io.teleport.message.Status;

/** Learns what became of an accepted write: exactly one of the two methods is called, once, usually on the event loop; neither may block. */
@FunctionalInterface
public interface WriteListener {

    /**
     * The frame was handed to the connection.
     *
     * @param outcome OK once the whole frame was handed to the network, else 102 with the cause; some or all of its bytes may have left then
     */
    void written(Status outcome);

    /**
     * The frame was never handed to the connection, so none of its bytes left. Unless overridden it is {@link #written} that is told.
     *
     * @param reason why, never OK: 102 with the cause if the connection ended before the frame's turn, 104 if the frame made room for others
     */
    default void unsent(Status reason) {
        written(reason);
    }

    /**
     * Whether {@link #written} is of interest. Where it is not, it may not be told, which makes writing cheaper; {@link #unsent} is told in any case.
     */
    default boolean awaitsWriting() {
        return true;
    }
}
