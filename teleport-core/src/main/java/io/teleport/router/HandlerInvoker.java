package io.teleport.router;

import org.jspecify.annotations.Nullable;

/** Calls the code behind a route. */
@FunctionalInterface
interface HandlerInvoker {

    /**
     * Handles one message.
     *
     * @param argument the decoded body
     * @return the result, perhaps a {@link java.util.concurrent.CompletionStage}
     * @throws Throwable whatever the handler throws
     */
    @Nullable
    Object invoke(MessageContext context, @Nullable Object argument) throws Throwable;
}
