package io.teleport.plugin.auth;

import io.teleport.session.Principal;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A checker made of a function that does not block. */
final class AsyncTokenChecker implements TokenChecker {

    private final Function<AuthRequest, ? extends CompletionStage<? extends @Nullable Principal>> check;

    AsyncTokenChecker(Function<AuthRequest, ? extends CompletionStage<? extends @Nullable Principal>> check) {
        this.check = check;
    }

    @Override
    public @Nullable Principal check(AuthRequest request) {
        return checkAsync(request).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<@Nullable Principal> checkAsync(AuthRequest request) {
        return check.apply(request).thenApply(principal -> principal);
    }
}
