package io.teleport.plugin;

import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import java.util.List;
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
        for (int i = 0; i < hooks.size(); i++) {
            H hook = hooks.get(i);
            try {
                call.run(hook, subject);
            } catch (StatusException e) {
                throw e;
            } catch (Throwable e) {
                log.error("Plugin '{}' failed", hook.name(), e);
                throw new StatusException(
                        Status.builtIn(StatusCode.INTERNAL_SERVER_ERROR, String.valueOf(e.getMessage())), e);
            }
        }
    }

    /** One hook method. */
    @FunctionalInterface
    public interface HookCall<H, T> {
        void run(H hook, T subject) throws Exception;
    }
}
