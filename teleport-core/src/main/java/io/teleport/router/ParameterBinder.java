package io.teleport.router;

import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;

/** Gives handler methods parameters other than the body, such as the starter's {@code @Meta}. */
@FunctionalInterface
public interface ParameterBinder {

    /**
     * Asked once for each parameter when a route is registered.
     *
     * @return where the value comes from, null if this binder does not know the parameter
     * @throws IllegalArgumentException if the parameter is meant for this binder but cannot be bound
     */
    @Nullable
    ParameterSource bind(Parameter parameter);

    /** Gives the value of one parameter for each message. Thread-safe. */
    @FunctionalInterface
    interface ParameterSource {

        /**
         * The value for this message.
         *
         * @throws io.teleport.message.StatusException if the message does not have it; the caller gets that status
         */
        @Nullable
        Object value(MessageContext context);
    }
}
