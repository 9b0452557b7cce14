package io.teleport.boot.client;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An interface cannot be a declarative client; the message names it, the method and what is wrong. */
public final class InvalidClientException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidClientException(Class<?> type, String problem) {
        super("@TeleportClient " + type.getName() + " cannot be used: " + problem);
    }

    InvalidClientException(Class<?> type, Method method, String problem) {
        this(type, "method " + method.getName() + parameters(method) + ": " + problem);
    }

    private static String parameters(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
