package io.teleport.session;

/** Where a session sends the calls and pushes it receives. Implemented by the router above. */
public interface MessageDispatcher {

    /**
     * Takes over a CALL or PUSH. Called on the event loop; must not block.
     *
     * @param inbound to be answered (a CALL) and {@link Inbound#done() done} exactly once
     */
    void dispatch(Inbound inbound);
}
