package io.teleport.router;

import io.teleport.message.MessageType;
import io.teleport.router.ParameterBinder.ParameterSource;
import io.teleport.session.Principal;
import io.teleport.session.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A method as a handler. Its parameters are, in any order: at most one body, and any number of contexts, sessions, principals and what the given
 * binders know. Checked and bound once, at registration.
 */
final class HandlerMethod implements HandlerInvoker {

    private final MethodHandle handle;

    /** One for each parameter; null marks the body. */
    private final @Nullable ParameterSource[] sources;

    private final Type argumentType;

    private final Type resultType;

    private HandlerMethod(
            MethodHandle handle, @Nullable ParameterSource[] sources, Type argumentType, Type resultType) {
        this.handle = handle;
        this.sources = sources;
        this.argumentType = argumentType;
        this.resultType = resultType;
    }

    /** @throws InvalidHandlerException if the method cannot be a handler of this type */
    static HandlerMethod of(MessageType type, Object bean, Method method, List<ParameterBinder> binders) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw new InvalidHandlerException(method, "it is static (expected an instance method)");
        }
        Parameter[] parameters = method.getParameters();
        @Nullable ParameterSource[] sources = new ParameterSource[parameters.length];
        Type argumentType = void.class;
        for (int i = 0; i < parameters.length; i++) {
            sources[i] = source(type, method, parameters[i], binders);
            if (sources[i] == null) {
                if (argumentType != void.class) {
                    throw new InvalidHandlerException(
                            method,
                            "both " + argumentType.getTypeName() + " and "
                                    + parameters[i].getParameterizedType().getTypeName()
                                    + " could be the body (expected one parameter for the body at the most)");
                }
                argumentType = parameters[i].getParameterizedType();
            }
        }
        return new HandlerMethod(handle(bean, method), sources, argumentType, resultType(type, method));
    }

    private static @Nullable ParameterSource source(
            MessageType type, Method method, Parameter parameter, List<ParameterBinder> binders) {
        Class<?> wanted = parameter.getType();
        Class<?> context = type == MessageType.CALL ? CallContext.class : PushContext.class;
        if (wanted == context || wanted == MessageContext.class) {
            return messageContext -> messageContext;
        }
        if (MessageContext.class.isAssignableFrom(wanted)) {
            throw new InvalidHandlerException(
                    method,
                    "a " + type + " handler has no " + wanted.getSimpleName() + " (expected " + context.getSimpleName()
                            + ")");
        }
        if (wanted == Session.class) {
            return MessageContext::session;
        }
        if (wanted == Principal.class) {
            return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    ? messageContext -> messageContext.session().principal()
                    : messageContext -> messageContext.session().requirePrincipal();
        }
        for (ParameterBinder binder : binders) {
            try {
                ParameterSource source = binder.bind(parameter);
                if (source != null) {
                    return source;
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidHandlerException(method, "parameter " + parameter + ": " + e.getMessage());
            }
        }
        return null;
    }

    private static Type resultType(MessageType type, Method method) {
        Type declared = method.getGenericReturnType();
        boolean stage = CompletionStage.class.isAssignableFrom(method.getReturnType());
        Type result = !stage
                ? declared
                : declared instanceof ParameterizedType parameterized
                        ? parameterized.getActualTypeArguments()[0]
                        : Object.class;
        if (type == MessageType.PUSH && result != void.class && result != Void.class) {
            throw new InvalidHandlerException(
                    method, "a PUSH has no reply but the method returns " + result.getTypeName() + " (expected void)");
        }
        return result;
    }

    private static MethodHandle handle(Object bean, Method method) {
        try {
            method.setAccessible(true);
            MethodHandle bound = MethodHandles.lookup().unreflect(method).bindTo(bean);
            return bound.asSpreader(Object[].class, method.getParameterCount())
                    .asType(java.lang.invoke.MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException | RuntimeException e) {
            throw new InvalidHandlerException(method, "it cannot be called: " + e.getMessage());
        }
    }

    Type argumentType() {
        return argumentType;
    }

    Type resultType() {
        return resultType;
    }

    @Override
    public @Nullable Object invoke(MessageContext context, @Nullable Object argument) throws Throwable {
        @Nullable Object[] values = new Object[sources.length];
        for (int i = 0; i < sources.length; i++) {
            ParameterSource source = sources[i];
            values[i] = source == null ? argument : source.value(context);
        }
        return (Object) handle.invokeExact(values);
    }
}
