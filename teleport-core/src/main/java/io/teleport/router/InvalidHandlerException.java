package io.teleport.router;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A method cannot be a handler; the message names class, method and what is wrong. */
public final class InvalidHandlerException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidHandlerException(Method method, String problem) {
        super("Method " + describe(method) + " cannot be a handler: " + problem);
    }

    static String describe(Method method) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        return method.getDeclaringClass().getName() + "." + method.getName() + parameters;
    }
}
