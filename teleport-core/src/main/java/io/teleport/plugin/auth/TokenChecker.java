package io.teleport.plugin.auth;

import io.teleport.session.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may connect. Called off the event loop, by several threads at once: those that also complete asynchronous calls, so one that waits for
 * others should be {@link #async}.
 */
@FunctionalInterface
public interface TokenChecker {

    /**
     * Looks at what the other side sent.
     *
     * @return who it is; null refuses it with 401
     * @throws io.teleport.message.StatusException to refuse it with that status
     * @throws Exception to refuse it with 500; the text goes to the log and nowhere else
     */
    @Nullable
    Principal check(AuthRequest request) throws Exception;

    /** As {@link #check}, without waiting; a stage that fails refuses as an exception does. */
    default CompletionStage<@Nullable Principal> checkAsync(AuthRequest request) throws Exception {
        return CompletableFuture.completedFuture(check(request));
    }

    /** A checker that asks others and does not wait for them on a thread. */
    static TokenChecker async(Function<AuthRequest, ? extends CompletionStage<? extends @Nullable Principal>> check) {
        return new AsyncTokenChecker(check);
    }
}
