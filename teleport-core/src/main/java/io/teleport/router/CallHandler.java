package io.teleport.router;

import org.jspecify.annotations.Nullable;

/**
 * Answers a CALL.
 *
 * @param <A> type of the argument
 */
@FunctionalInterface
public interface CallHandler<A> {

    /**
     * Called on a handler thread, or on the event loop if the route is inline; by several threads at once.
     *
     * @param argument the decoded body; for a {@code ByteBuf} route the received bytes, valid until the result is complete
     * @return the result, null for none, or a {@link java.util.concurrent.CompletionStage} of it; bytes are sent as they are
     * @throws io.teleport.message.StatusException to answer with that status
     * @throws Exception to answer 500; the text goes to the log, and to the caller only if the peer includes causes
     */
    @Nullable
    Object handle(CallContext context, A argument) throws Exception;
}
