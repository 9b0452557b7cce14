package io.teleport.router;

/**
 * Handles a PUSH.
 *
 * @param <A> type of the argument
 */
@FunctionalInterface
public interface PushHandler<A> {

    /**
     * Called on a handler thread, or on the event loop if the route is inline; by several threads at once.
     *
     * @param argument the decoded body; for a {@code ByteBuf} route the received bytes, valid until this returns
     * @throws Exception to have the failure logged; the sender does not learn of it
     */
    void handle(PushContext context, A argument) throws Exception;
}
