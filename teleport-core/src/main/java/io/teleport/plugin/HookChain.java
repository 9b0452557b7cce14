package io.teleport.plugin;

import io.teleport.message.Failures;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that take part at one point, in their order. An empty chain costs nothing.
 *
 * @param <H> hook interface
 */
public final class HookChain<H extends Plugin> {

    private static final Logger log = LoggerFactory.getLogger(HookChain.class);

    private final List<H> hooks;

    /** Those of the plugins that take part at this point. */
    public HookChain(Class<H> point, List<? extends Plugin> plugins) {
        this.hooks = plugins.stream().filter(point::isInstance).map(point::cast).toList();
    }

    /** Whether no plugin takes part. */
    public boolean isEmpty() {
        return hooks.isEmpty();
    }

    /**
     * Runs the hooks until one refuses.
     *
     * @throws StatusException the first refusal; an unexpected exception as 500 with its text
     */
    public <T> void run(T subject, HookCall<H, T> call) {
        run(subject, call, StatusCode.INTERNAL_SERVER_ERROR);
    }

    /** As {@link #run(Object, HookCall)}, with another code for an unexpected exception. */
    <T> void run(T subject, HookCall<H, T> call, int codeOfException) {
        for (int i = 0; i < hooks.size(); i++) {
            H hook = hooks.get(i);
            try {
                call.run(hook, subject);
            } catch (Throwable e) {
                throw refusal(hook, e, codeOfException);
            }
        }
    }

    /**
     * Runs asynchronous hooks, each when the one before is done, until one refuses.
     *
     * @return fails with a {@link StatusException}: the first refusal; an unexpected exception as 500 with its text
     */
    public <T> CompletableFuture<@Nullable Void> runEach(T subject, StageCall<H, T> call) {
        CompletableFuture<@Nullable Void> done = CompletableFuture.completedFuture(null);
        for (H hook : hooks) {
            done = done.thenCompose(before -> run(hook, subject, call));
        }
        return done;
    }

    private static <H extends Plugin, T> CompletableFuture<@Nullable Void> run(
            H hook, T subject, StageCall<H, T> call) {
        CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
        try {
            call.run(hook, subject).whenComplete((value, failure) -> {
                if (failure == null) {
                    outcome.complete(null);
                } else {
                    outcome.completeExceptionally(refusal(hook, failure, StatusCode.INTERNAL_SERVER_ERROR));
                }
            });
        } catch (Throwable e) {
            outcome.completeExceptionally(refusal(hook, e, StatusCode.INTERNAL_SERVER_ERROR));
        }
        return outcome;
    }

    private static StatusException refusal(Plugin hook, Throwable failure, int codeOfException) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof StatusException refusal) {
            log.debug("Plugin '{}' refused: {}", hook.name(), refusal.status());
            return refusal;
        }
        log.error("Plugin '{}' failed", hook.name(), cause);
        return new StatusException(Status.builtIn(codeOfException, String.valueOf(cause.getMessage())), cause);
    }

    /** One hook method. */
    @FunctionalInterface
    public interface HookCall<H, T> {
        void run(H hook, T subject) throws Exception;
    }

    /** One asynchronous hook method. */
    @FunctionalInterface
    public interface StageCall<H, T> {
        CompletionStage<?> run(H hook, T subject) throws Exception;
    }
}
